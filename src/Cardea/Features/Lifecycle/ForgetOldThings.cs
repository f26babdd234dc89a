using System.Linq.Expressions;
using Cardea.Data;
using Cardea.Features.Messages;
using Cardea.Features.SignIn.Tries;
using Cardea.Hosting;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Lifecycle;

/// <summary>
/// Deletes what means nothing any more (V14.2.7), every hour. What is evidence stays: accounts, factors, acceptances, the audit trail. How long each
/// kind of row is kept stands in docs/operations.md.
/// </summary>
public sealed class ForgetOldThings(AppDbContext db, PolicyBook policies, TimeProvider clock) : IRound
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

    public static TimeSpan Every => TimeSpan.FromHours(1);

    public static string Work => "Deleting what is out of date";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await DeleteAsync(db.EmailChanges, change => change.SentAt, now - SessionThings, cancellationToken);
        await DeleteAsync(db.SentCodes, code => code.SentAt, now - SessionThings, cancellationToken);
        await DeleteAsync(db.AuthenticatorSetUps, setUp => setUp.BegunAt, now - SessionThings, cancellationToken);
        await DeleteAsync(db.PasskeyChallenges, challenge => challenge.MadeAt, now - SessionThings, cancellationToken);
        await DeleteAsync(db.AlarmLinks, link => link.MadeAt, now - LinksAndTries, cancellationToken);
        await DeleteAsync(db.ResetLinks, link => link.MadeAt, now - LinksAndTries, cancellationToken);
        await DeleteAsync(db.OutboxMessages.Where(message => message.State != OutboxState.Waiting), message => message.CreatedAt, now - Messages, cancellationToken);
        await DeleteAsync(db.SentNotices, notice => notice.MadeAt, now - Devices, cancellationToken);
        await DeleteAsync(db.Sessions, session => session.LastSeenAt, now - Devices, cancellationToken);
        await DeleteTriesAsync(now - LinksAndTries, cancellationToken);
    }

    /// <summary>A few at a time, so that nobody who signs in waits for long.</summary>
    private async Task DeleteAsync<TRow>(
        IQueryable<TRow> rows, Expression<Func<TRow, DateTimeOffset>> at, DateTimeOffset before, CancellationToken cancellationToken)
        where TRow : class
    {
        var isOld = Expression.Lambda<Func<TRow, bool>>(Expression.LessThan(at.Body, Expression.Constant(before)), at.Parameters);
        int deleted;
        do
        {
            await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
            deleted = await rows.Where(isOld).OrderBy(at).Take(AtOnce).ExecuteDeleteAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
        while (deleted == AtOnce);
    }

    /// <summary>One by one: who signs in locks two of these rows, and must not wait for somebody who holds them the other way round. A hard stop stays.</summary>
    private async Task DeleteTriesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var hardStop = policies.Everywhere.Lock.HardStopAfter;
        var old = db.SignInTries.Where(row => row.LastTryAt < before && (row.Source != SignInTry.AnySource || row.Failures < hardStop));
        foreach (var row in await old.AsNoTracking().OrderBy(row => row.LastTryAt).Take(AtOnce).ToListAsync(cancellationToken))
        {
            await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
            await old.Where(other => other.NameKey == row.NameKey && other.Source == row.Source).ExecuteDeleteAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
    }
}
