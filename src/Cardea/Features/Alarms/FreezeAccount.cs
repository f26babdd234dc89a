using System.Text.Json.Serialization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Alarms;

/// <summary>By its owner, who says that somebody else was at it; until an administrator enables it again.</summary>
public sealed record AccountFrozen([property: JsonIgnore] Guid AccountId) : IAuditEvent
{
    public static string Name => "account.frozen.v1";

    public Guid? SubjectId => AccountId;
}

public enum FreezeOutcome
{
    Frozen,

    /// <summary>Of the last one who can run the registry: everywhere signed out, but not shut out.</summary>
    SignedOutOnly,

    /// <summary>The link is no good (any more).</summary>
    LinkIsOver,
}

/// <summary>"This was not me": shuts the account and all its sessions, and tells the administrators.</summary>
public sealed class FreezeAccount(AppDbContext db, DisableAccount disable, SessionStore sessions, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    public async Task<bool> IsGoodAsync(string? secret, CancellationToken cancellationToken) =>
        Secrets.HasShape(secret) && await Live(secret!).AnyAsync(cancellationToken);

    public async Task<FreezeOutcome> RunAsync(string? secret, CancellationToken cancellationToken)
    {
        if (!Secrets.HasShape(secret)
            || await Live(secret!).Select(link => new { link.Id, Account = db.Accounts.Single(a => a.Id == link.AccountId) })
                .AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } found)
        {
            return FreezeOutcome.LinkIsOver;
        }

        var account = found.Account;
        var disabled = await disable.RunAsync(new(account.Id, account.HomeOrganizationId), cancellationToken);   // safe to repeat, so before the link is spent
        var isLastOperator = disabled is DisableAccountOutcome.IsLastOperator;

        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var spent = await db.AlarmLinks.Where(link => link.Id == found.Id && link.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), cancellationToken);
        if (spent == 1)
        {
            await sessions.EndAllAsync(account.Id, butSession: null, isLastOperator ? SessionEnd.SignedOut : SessionEnd.AccountDisabled, cancellationToken);
            if (!isLastOperator)
            {
                audit.Add(new AccountFrozen(account.Id));
                await TellAdministratorsAsync(account, now, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return isLastOperator ? FreezeOutcome.SignedOutOnly : FreezeOutcome.Frozen;
    }

    private IQueryable<AlarmLink> Live(string secret)
    {
        var (hash, oldest) = (Secrets.Hash(secret), clock.Now - AlarmNotices.LinksLiveFor);
        return db.AlarmLinks.Where(link => link.SecretHash == hash && link.UsedAt == null && link.MadeAt > oldest);
    }

    /// <summary>Those of the home organization; where there are none, those who run the registry.</summary>
    private async Task TellAdministratorsAsync(Account account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var helpers = await HelpersAsync(m => m.OrganizationId == account.HomeOrganizationId && (m.Roles & Roles.Administrator) != 0);
        if (helpers.Count == 0)
        {
            helpers = await HelpersAsync(m => (m.Roles & Roles.RegistryOperator) != 0);
        }

        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == account.HomeOrganizationId, cancellationToken);
        foreach (var helper in helpers)
        {
            outbox.Add(new AccountFrozenMail(
                helper.Id, helper.Email!, helper.DisplayName, helper.Language, account.DisplayName, organization.Name, now, helper.TimeZone ?? organization.TimeZone));
        }

        Task<List<Account>> HelpersAsync(System.Linq.Expressions.Expression<Func<Organizations.Membership, bool>> who) => db.Memberships.AsNoTracking()
            .Where(who)
            .Where(m => m.AccountId != account.Id && m.Account!.DisabledAt == null && m.Account.Email != null)
            .Select(m => m.Account!).Distinct().ToListAsync(cancellationToken);
    }
}
