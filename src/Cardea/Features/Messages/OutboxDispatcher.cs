using Cardea.Data;
using Cardea.Hosting;

namespace Cardea.Features.Messages;

/// <summary>
/// Sends what is due as soon as it is promised, and looks for more from time to time: what other nodes promised, what waits for its next
/// try. Trouble never ends it; it is told once, and so is its end.
/// </summary>
public sealed partial class OutboxDispatcher(
    IServiceScopeFactory scopes, OutboxSignal signal, TimeProvider clock, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(10);

    private const string DatabaseIsAway = "The database does not answer as it should.";

    private string? _trouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. When it could not even start, the host would call this a failure of ours and log it as critical.
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(_ => signal.Raise(), state: null, dueTime: TimeSpan.Zero, period: LooksEvery);
        await foreach (var _ in signal.Raised.ReadAllAsync(stoppingToken))
        {
            await RunRoundAsync(stoppingToken);
            if (_trouble is not null)
            {
                await Task.Delay(LooksEvery, clock, stoppingToken);   // new messages must not make us knock at every commit
            }
        }
    }

    private async Task RunRoundAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var round = await scope.ServiceProvider.GetRequiredService<SendMessages>().RunAsync(stopping);
            if (round.Closed is not null || round.Messages > 0 || _trouble is DatabaseIsAway)
            {
                Note(round.Closed);
            }
        }
        catch (Exception problem) when (problem.IsDatabaseTrouble)
        {
            Note(DatabaseIsAway);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.Failed(logger, problem);   // the message in hand is tried again when its claim ends
        }
    }

    private void Note(string? trouble)
    {
        if (trouble == _trouble)
        {
            return;
        }

        _trouble = trouble;
        if (trouble is null)
        {
            Log.Sending(logger);
        }
        else
        {
            Log.Waiting(logger, trouble);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5011, LogLevel.Warning, "Messages wait: {Trouble} They are sent as soon as it works again.")]
        public static partial void Waiting(ILogger logger, string trouble);

        [LoggerMessage(5012, LogLevel.Information, "Messages are sent again.")]
        public static partial void Sending(ILogger logger);

        [LoggerMessage(5013, LogLevel.Error, "A message could not be made or recorded; it is tried again in some minutes.")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
