using Cardea.Data;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Messages.Texts;

/// <summary>Deletes counts that mean nothing any more, some every hour.</summary>
public sealed partial class ForgetTextCounts(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetTextCounts> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1), KeptAfterEnd = TimeSpan.FromDays(1);

    private const int AtOnce = 1000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var before = clock.Now - KeptAfterEnd;
        var ended = await db.TextCounts.AsNoTracking()
            .Where(row => row.EndsAt <= before).OrderBy(row => row.EndsAt).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var row in ended)
        {
            // One by one: who holds several rows and waits for one more may meet somebody who does the same the other way round.
            await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
            await db.TextCounts
                .Where(other => other.Cap == row.Cap && other.Key == row.Key && other.EndsAt <= before).ExecuteDeleteAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, clock, stoppingToken);
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
            await RunAsync(stopping);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.Failed(logger, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5022, LogLevel.Warning, "Old counts of texts could not be deleted; that is tried again in an hour.")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
