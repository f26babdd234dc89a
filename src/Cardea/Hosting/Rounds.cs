namespace Cardea.Hosting;

/// <summary>Work that each running server does every few seconds, off the way of requests. Made anew for each round, in a scope of its own.</summary>
public interface IRound
{
    static abstract TimeSpan Every { get; }

    /// <summary>For the log: "… does not work".</summary>
    static abstract string Work { get; }

    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>Goes the rounds. Trouble never ends them.</summary>
public sealed class Rounds<TRound>(IServiceScopeFactory scopes, Troubles troubles, TimeProvider clock) : BackgroundService
    where TRound : class, IRound
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TRound.Every, clock, stoppingToken);
                await TryAsync(stoppingToken);
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
            troubles.Forget(TRound.Work);
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            troubles.Tell(TRound.Work, problem);
        }
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
