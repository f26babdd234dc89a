using Cardea.Data;
using Cardea.Hosting.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Messages.Texts;

/// <summary>Deletes counts that mean nothing any more.</summary>
public sealed class ForgetTextCounts(AppDbContext db, TimeProvider clock) : IHourlyJob
{
    public static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(1);

    private const int AtOnce = 1000;

    public static string Name => "forget-text-counts";

    public static string Work => "Deleting old counts of texts";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = clock.Now - KeptAfterEnd;
        int deleted;
        do
        {
            deleted = 0;
            var ended = await db.TextCounts.AsNoTracking()
                .Where(row => row.EndsAt <= before).OrderBy(row => row.EndsAt).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var row in ended)
            {
                // One by one: who holds several rows and waits for one more may meet somebody who does the same the other way round.
                await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
                deleted += await db.TextCounts
                    .Where(other => other.Cap == row.Cap && other.Key == row.Key && other.EndsAt <= before).ExecuteDeleteAsync(cancellationToken);
                await write.CommitAsync(cancellationToken);
            }
        }
        while (deleted > 0);
    }
}
