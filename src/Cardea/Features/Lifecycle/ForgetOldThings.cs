using Cardea.Data;
using Cardea.Features.Messages;
using Cardea.Features.SignIn.Tries;
using Cardea.Hosting;
using Cardea.Hosting.Jobs;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Lifecycle;

/// <summary>
/// Deletes what means nothing any more (V14.2.7), every hour. What is evidence stays: accounts, factors, acceptances, the audit trail. How long each
/// kind of row is kept stands in docs/operations.md.
/// </summary>
public sealed class ForgetOldThings(AppDbContext db, PolicyBook policies, TimeProvider clock) : IHourlyJob
{
    /// <summary>Longer than any session lasts: what belongs to one is of no use after it.</summary>
    public static readonly TimeSpan SessionThings = TimeSpan.FromDays(2);

    /// <summary>Links say for a while that they are over, and locks of sources are long gone.</summary>
    public static readonly TimeSpan LinksAndTries = TimeSpan.FromDays(30);

    /// <summary>Long enough to find out what became of a mail.</summary>
    public static readonly TimeSpan Messages = TimeSpan.FromDays(90);

    /// <summary>As long as browsers keep the cookie by which a device is known (S0-08).</summary>
    public static readonly TimeSpan Devices = Cookies.Lasting;

    private const int AtOnce = 500;

    public static string Name => "forget-old-things";

    public static string Work => "Deleting what is out of date";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var (sessionThings, linksAndTries, messages, devices) = (now - SessionThings, now - LinksAndTries, now - Messages, now - Devices);
        var (oldSession, oldLink, oldMessage, oldDevice) = (IdAfter(sessionThings), IdAfter(linksAndTries), IdAfter(messages), IdAfter(devices));
        await DeleteAsync(db.EmailChanges.Where(c => c.SessionId < oldSession && c.SentAt < sessionThings).OrderBy(c => c.SessionId), cancellationToken);
        await DeleteAsync(db.SentCodes.Where(c => c.SessionId < oldSession && c.SentAt < sessionThings).OrderBy(c => c.SessionId), cancellationToken);
        await DeleteAsync(db.AuthenticatorSetUps.Where(s => s.SessionId < oldSession && s.BegunAt < sessionThings).OrderBy(s => s.SessionId), cancellationToken);
        await DeleteAsync(db.PasskeyChallenges.Where(c => c.SessionId < oldSession && c.MadeAt < sessionThings).OrderBy(c => c.SessionId), cancellationToken);
        await DeleteAsync(db.CallerCodes.Where(c => c.MadeAt < sessionThings).OrderBy(c => c.MadeAt), cancellationToken);
        await DeleteAsync(db.CallerChecks.Where(c => c.CheckedAt < sessionThings).OrderBy(c => c.CheckedAt), cancellationToken);
        await DeleteAsync(db.AlarmLinks.Where(l => l.Id < oldLink && l.MadeAt < linksAndTries).OrderBy(l => l.Id), cancellationToken);
        await DeleteAsync(db.ResetLinks.Where(l => l.Id < oldLink && l.MadeAt < linksAndTries).OrderBy(l => l.Id), cancellationToken);
        await DeleteAsync(
            db.OutboxMessages.Where(m => m.Id < oldMessage && m.CreatedAt < messages && m.State != OutboxState.Waiting).OrderBy(m => m.Id), cancellationToken);
        await DeleteAsync(db.SentNotices.Where(n => n.MadeAt < devices).OrderBy(n => n.MadeAt), cancellationToken);
        await DeleteAsync(db.Sessions.Where(s => s.Id < oldDevice && s.LastSeenAt < devices).OrderBy(s => s.Id), cancellationToken);
        await DeleteTriesAsync(linksAndTries, cancellationToken);
    }

    /// <summary>
    /// Greater than the id of whatever was there at that time, and of its session. Ids tell when they were made, and their index is there already: none
    /// for the times has to be kept up to date while people sign in.
    /// </summary>
    private static Guid IdAfter(DateTimeOffset time) => Guid.CreateVersion7(time.AddMilliseconds(1));

    /// <summary>A few at a time, so that nobody who signs in waits for long.</summary>
    private async Task DeleteAsync<TRow>(IOrderedQueryable<TRow> rows, CancellationToken cancellationToken)
        where TRow : class
    {
        int deleted;
        do
        {
            await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
            deleted = await rows.Take(AtOnce).ExecuteDeleteAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
        while (deleted == AtOnce);
    }

    /// <summary>One by one: who signs in locks two of these rows, and must not wait for somebody who holds them the other way round. A hard stop stays.</summary>
    private async Task DeleteTriesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var hardStop = policies.Everywhere.Lock.HardStopAfter;
        var old = db.SignInTries.Where(row => row.LastTryAt < before && (row.Source != SignInTry.AnySource || row.Failures < hardStop));
        int deleted;
        do
        {
            deleted = 0;
            foreach (var row in await old.AsNoTracking().OrderBy(row => row.LastTryAt).Take(AtOnce).ToListAsync(cancellationToken))
            {
                await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
                deleted += await old.Where(other => other.NameKey == row.NameKey && other.Source == row.Source).ExecuteDeleteAsync(cancellationToken);
                await write.CommitAsync(cancellationToken);
            }
        }
        while (deleted > 0);
    }
}
