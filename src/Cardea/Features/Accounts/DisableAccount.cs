using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum DisableAccountOutcome
{
    Disabled,
    WasDisabledBefore,

    /// <summary>Nobody could run the registry any more .</summary>
    IsLastOperator,

    /// <summary>Nobody could look after the people of their organization any more. Only where somebody acts from a page.</summary>
    IsLastAdministrator,
}

/// <summary>Shuts an account, and every session of it, at once .</summary>
public sealed class DisableAccount(
    AppDbContext db, PeopleInReach people, PolicyBook policies, SessionStore sessions, TellOwner tellOwner, AuditTrail audit, TimeProvider clock)
{
    public Task<DisableAccountOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken) =>
        RunAsync(account, reason: null, cancellationToken);

    /// <param name="reason">As it is kept in the audit trail.</param>
    public async Task<DisableAccountOutcome> RunAsync(FoundAccount account, string? reason, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var temporarySince = now - policies.For(account.HomeOrganizationId).Passwords.TemporaryLivesFor;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (await db.IsLastUsableOperatorAsync(account.Id, temporarySince, cancellationToken))
        {
            return DisableAccountOutcome.IsLastOperator;
        }

        if (account.By is not null && await db.IsLastUsableAdministratorAsync(account.Id, account.HomeOrganizationId, temporarySince, cancellationToken))
        {
            return DisableAccountOutcome.IsLastAdministrator;
        }

        await people.HoldAsync(account, cancellationToken);
        var disabled = await db.Accounts
            .Where(a => a.Id == account.Id && a.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, now), cancellationToken);
        if (disabled == 0)
        {
            return DisableAccountOutcome.WasDisabledBefore;
        }

        var ended = await sessions.EndAllAsync(account.Id, butSession: null, SessionEnd.AccountDisabled, cancellationToken);
        audit.Add(new AccountDisabled(account.Id, account.HomeOrganizationId, ended, reason));
        await tellOwner.ThatAsync(HelpGiven.Disabled, account, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return DisableAccountOutcome.Disabled;
    }
}
