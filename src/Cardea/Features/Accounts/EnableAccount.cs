using Cardea.Data;
using Cardea.Features.Audit;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum EnableAccountOutcome
{
    Enabled,
    WasEnabledBefore,
}

/// <summary>Opens a disabled account again, with the password it had; sessions that were ended stay ended.</summary>
public sealed class EnableAccount(AppDbContext db, PeopleInReach people, TellOwner tellOwner, AuditTrail audit)
{
    public Task<EnableAccountOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken) =>
        RunAsync(account, reason: null, cancellationToken);

    /// <param name="reason">As it is kept in the audit trail.</param>
    public async Task<EnableAccountOutcome> RunAsync(FoundAccount account, string? reason, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        var enabled = await db.Accounts
            .Where(a => a.Id == account.Id && a.DisabledAt != null && a.DeletedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, (DateTimeOffset?)null), cancellationToken);
        if (enabled == 0)
        {
            return EnableAccountOutcome.WasEnabledBefore;
        }

        audit.Add(new AccountEnabled(account.Id, account.HomeOrganizationId, reason));
        await tellOwner.ThatAsync(HelpGiven.Enabled, account, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return EnableAccountOutcome.Enabled;
    }
}
