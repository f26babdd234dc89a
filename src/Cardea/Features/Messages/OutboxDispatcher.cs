using Cardea.Data;
using Cardea.Hosting;

namespace Cardea.Features.Messages;

/// <summary>
/// Sends what is due as soon as it is promised, and looks for more from time to time: what other nodes promised, what waits for its next
/// try. Trouble never ends it; it is told once, and so is its end. Mails and texts go side by side: a mail server that is away, or slow, keeps
/// no text waiting.
/// </summary>
public sealed partial class OutboxDispatcher(
    IServiceScopeFactory scopes, OutboxSignal signal, TimeProvider clock, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(10);

    private const string DatabaseIsAway = "The database does not answer as it should.";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(Enum.GetValues<MessageChannel>().Select(channel => RunAsync(channel, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. When it could not even start, the host would call this a failure of ours and log it as critical.
        }
    }

    private async Task RunAsync(MessageChannel channel, CancellationToken stoppingToken)
    {
        string? trouble = null;
        await using var timer = clock.CreateTimer(_ => signal.Raise(channel), state: null, dueTime: TimeSpan.Zero, period: Timeout.InfiniteTimeSpan);
        await foreach (var _ in signal.Raised(channel).ReadAllAsync(stoppingToken))
        {
            timer.Change(LooksEvery, Timeout.InfiniteTimeSpan);   // begun anew by each round: nobody looks twice in a second at what was looked at
            trouble = await RunRoundAsync(channel, trouble, stoppingToken);
            if (trouble is not null)
            {
                await Task.Delay(LooksEvery, clock, stoppingToken);   // new messages must not make us knock at every commit
            }
        }
    }

    /// <returns>The trouble there is now, <paramref name="trouble"/> being what there was.</returns>
    private async Task<string?> RunRoundAsync(MessageChannel channel, string? trouble, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var round = await scope.ServiceProvider.GetRequiredService<SendMessages>().RunAsync(channel, stopping);
            return round.Closed is not null || round.Messages > 0 || trouble is DatabaseIsAway
                ? Told(channel, trouble, round.Closed)
                : trouble;
        }
        catch (Exception problem) when (problem.IsDatabaseTrouble)
        {
            return Told(channel, trouble, DatabaseIsAway);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.Failed(logger, problem);   // the message in hand is tried again when its claim ends
            return trouble;
        }
    }

    private string? Told(MessageChannel channel, string? before, string? now)
    {
        if (now is null && before is not null)
        {
            Log.Sending(logger, channel);
        }
        else if (now is not null && now != before)
        {
            Log.Waiting(logger, channel, now);
        }

        return now;
    }

    private static partial class Log
    {
        [LoggerMessage(5011, LogLevel.Warning, "{Channel} messages wait: {Trouble} They are sent as soon as it works again.")]
        public static partial void Waiting(ILogger logger, MessageChannel channel, string trouble);

        [LoggerMessage(5012, LogLevel.Information, "{Channel} messages are sent again.")]
        public static partial void Sending(ILogger logger, MessageChannel channel);

        [LoggerMessage(5013, LogLevel.Error, "A message could not be made or recorded; it is tried again in some minutes.")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
