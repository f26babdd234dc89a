using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using Cardea.Data;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cardea.Hosting;

public static class ConfigurationMistakes
{
    /// <summary>As in sysexits.h: a service manager tries again later, or waits for somebody to mend the setting.</summary>
    private const int TryAgainLater = 75, WrongSetting = 78;

    /// <summary>Every mistake in the configuration ends the start with one sentence, never with a stack trace.</summary>
    public static async Task<int> StopTheStartAsync(Func<Task> start, TextWriter error)
    {
        try
        {
            await start();
            return 0;
        }
        catch (Exception problem) when (SentenceFor(problem) is { } sentence)
        {
            await error.WriteLineAsync($"Cardea cannot start: {sentence}");
            return MayPassByItself(problem) ? TryAgainLater : WrongSetting;
        }
    }

    /// <summary>Null for what is no mistake of the configuration but ours.</summary>
    public static string? SentenceFor(Exception problem) => problem switch
    {
        ConfigurationMistakeException mistake => mistake.Message,
        OptionsValidationException options => string.Join(" ", options.Failures),
        InvalidOperationException { InnerException: FormatException or ArgumentException } binding => binding.Message,
        DbException database => $"the database does not answer as it should ({database.Message.ReplaceLineEndings(" ")}).",
        _ when problem.IsDatabaseTrouble => SentenceFor(problem.InnerException!),
        IOException or UnauthorizedAccessException or CryptographicException => problem.Message.ReplaceLineEndings(" "),   // a folder, a port, a certificate
        _ when IsOfTheWebServer(problem) => $"it cannot listen as Urls or Kestrel:Endpoints say ({problem.Message.Split('\n')[0]}).",
        _ => null,
    };

    /// <summary>Nothing else of the web server comes this far than what it finds wrong with its addresses and certificates at its start.</summary>
    private static bool IsOfTheWebServer(Exception problem) =>
        new StackTrace(problem).GetFrames().Any(frame => frame.GetMethod()?.Module.Assembly == typeof(KestrelServer).Assembly);

    /// <summary>After a power cut the database may come up later than we do, and after an upgrade the former server may still hold the port.</summary>
    private static bool MayPassByItself(Exception problem) =>
        problem.IsDatabaseTrouble || problem is IOException { InnerException: AddressInUseException };
}
