using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Hosting.Jobs;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Lifecycle;

/// <summary>
/// Makes accounts inactive that nobody has used for as long as the policy says (S2-18), and not before their owner was told and had time enough. The
/// last usable operator stays.
/// </summary>
public sealed class InactivateAccounts(AppDbContext db, PolicyBook policies, SessionStore sessions, AuditTrail audit, TimeProvider clock) : IHourlyJob
{
    private const int AtOnce = 100;

    public static string Name => "inactivate-accounts";

    public static string Work => "Making unused accounts inactive";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var policy = policies.Everywhere.Lifecycle;
        if (policy.InactiveAfter is not { } inactiveAfter)
        {
            return;
        }

        var now = clock.Now;
        var (idleBefore, toldBefore) = (now - inactiveAfter, now - policy.NoticeBefore);
        var place = Place.Beginning;
        while (await Due(idleBefore, toldBefore, place).Take(AtOnce).ToListAsync(cancellationToken) is { Count: > 0 } due)
        {
            place = new(due[^1].IdleSince, due[^1].Id);
            db.ChangeTracker.Clear();
            await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
            foreach (var account in due)
            {
                if (!account.IsOperator || !await IsLastOperatorAsync(account, now, cancellationToken))
                {
                    await InactivateAsync(account, idleBefore, now, cancellationToken);
                }
            }

            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
    }

    private IQueryable<DueAccount> Due(DateTimeOffset idleBefore, DateTimeOffset toldBefore, Place place) =>
        db.AccountActivity.AsNoTracking()
            .Where(activity => activity.IdleSince <= idleBefore)
            .Where(activity => activity.IdleSince >= place.At && (activity.IdleSince > place.At || activity.AccountId > place.AccountId))
            .Where(activity => db.SentNotices.Any(notice => notice.AccountId == activity.AccountId
                && notice.Kind == NoticeKind.BecomesInactive && notice.About == activity.IdleSince && notice.MadeAt <= toldBefore))
            .OrderBy(activity => activity.IdleSince).ThenBy(activity => activity.AccountId)   // on each node the same: two rounds do not wait for each other
            .Join(db.Accounts, activity => activity.AccountId, account => account.Id, (activity, account) => new { activity, account })
            .Where(pair => pair.account.DisabledAt == null && pair.account.HomeOrganization!.DeactivatedAt == null)
            .Select(pair => new DueAccount(
                pair.account.Id,
                pair.account.HomeOrganizationId,
                pair.activity.IdleSince!.Value,
                db.Memberships.Any(m => m.AccountId == pair.account.Id && (m.Roles & Roles.RegistryOperator) != 0)));

    private Task<bool> IsLastOperatorAsync(DueAccount account, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.IsLastUsableOperatorAsync(account.Id, now - policies.For(account.OrganizationId).Passwords.TemporaryLivesFor, cancellationToken);

    /// <summary>The rows are locked in the order in which a sign-in writes them: whoever gets in at this moment stays active.</summary>
    private async Task InactivateAsync(DueAccount account, DateTimeOffset idleBefore, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Sessions.Where(session => session.AccountId == account.Id && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, session => session.EndedAt), cancellationToken);
        var isIdle = await db.AccountActivity
            .Where(activity => activity.AccountId == account.Id && activity.IdleSince <= idleBefore)
            .ExecuteUpdateAsync(set => set.SetProperty(activity => activity.IdleSince, (DateTimeOffset?)null), cancellationToken) == 1;
        if (!isIdle)
        {
            return;
        }

        await db.Accounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.InactivatedAt, now), cancellationToken);
        await sessions.EndAllAsync(account.Id, butSession: null, SessionEnd.AccountInactive, cancellationToken);
        audit.Add(new AccountInactivated(account.Id, account.OrganizationId));
    }

    private sealed record DueAccount(Guid Id, Guid OrganizationId, DateTimeOffset IdleSince, bool IsOperator);
}
