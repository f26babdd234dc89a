namespace Cardea.Hosting;

/// <summary>Work that a running server does again and again, off the way of requests. Made anew for each round, in a scope of its own.</summary>
public interface IRound
{
    static abstract TimeSpan Every { get; }

    /// <summary>For the log: "… does not work".</summary>
    static abstract string Work { get; }

    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>Goes the rounds. Trouble never ends them: it is told once, and so is its end.</summary>
public sealed partial class Rounds<TRound>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Rounds<TRound>> logger) : BackgroundService
    where TRound : class, IRound
{
    /// <summary>Soon after the start, which should be quick: a server that is restarted every day does its work, too.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10) < TRound.Every ? TimeSpan.FromSeconds(10) : TRound.Every;

    private bool _isInTrouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(First, clock, stoppingToken);
            while (true)
            {
                await TryAsync(stoppingToken);
                await Task.Delay(TRound.Every, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TRound>().RunAsync(stopping);
            if (_isInTrouble)
            {
                Log.WorksAgain(logger, TRound.Work);
            }

            _isInTrouble = false;
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            if (!_isInTrouble)   // once: the next rounds would say the same
            {
                Log.Failed(logger, TRound.Work, problem);
            }

            _isInTrouble = true;
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

public static class RoundsRegistration
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddRound<TRound>()
            where TRound : class, IRound =>
            services.AddScoped<TRound>().AddHostedService<Rounds<TRound>>();
    }
}
