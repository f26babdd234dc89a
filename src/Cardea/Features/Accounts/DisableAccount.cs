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
}

/// <summary>Shuts an account, and every session of it, at once .</summary>
public sealed class DisableAccount(AppDbContext db, PolicyBook policies, SessionStore sessions, AuditTrail audit, TimeProvider clock)
{
    public async Task<DisableAccountOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (await db.IsLastUsableOperatorAsync(account.Id, now - policies.For(account.HomeOrganizationId).Passwords.TemporaryLivesFor, cancellationToken))
        {
            return DisableAccountOutcome.IsLastOperator;
        }

        var disabled = await db.Accounts
            .Where(a => a.Id == account.Id && a.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, now), cancellationToken);
        if (disabled == 0)
        {
            return DisableAccountOutcome.WasDisabledBefore;
        }

        var ended = await sessions.EndAllAsync(account.Id, butSession: null, SessionEnd.AccountDisabled, cancellationToken);
        audit.Add(new AccountDisabled(account.Id, account.HomeOrganizationId, ended));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return DisableAccountOutcome.Disabled;
    }
}
