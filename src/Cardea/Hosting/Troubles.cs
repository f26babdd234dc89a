using System.Collections.Concurrent;

namespace Cardea.Hosting;

/// <summary>Trouble of work that is tried again and again by itself: told once, and so is its end.</summary>
public sealed partial class Troubles(ILogger<Troubles> logger)
{
    private readonly ConcurrentDictionary<string, bool> _known = [];

    /// <param name="work">For the log: "… does not work".</param>
    public void Tell(string work, Exception problem)
    {
        if (_known.TryAdd(work, true))
        {
            Log.Failed(logger, work, problem);
        }
    }

    public void Forget(string work)
    {
        if (_known.TryRemove(work, out _))
        {
            Log.WorksAgain(logger, work);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1031, LogLevel.Warning, "{Work} does not work; it is tried again and again.")]
        public static partial void Failed(ILogger logger, string work, Exception problem);

        [LoggerMessage(1032, LogLevel.Information, "{Work} works again.")]
        public static partial void WorksAgain(ILogger logger, string work);
    }
}
