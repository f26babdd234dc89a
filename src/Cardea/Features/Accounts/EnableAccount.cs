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
public sealed class EnableAccount(AppDbContext db, AuditTrail audit)
{
    public async Task<EnableAccountOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var enabled = await db.Accounts
            .Where(a => a.Id == account.Id && a.DisabledAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, (DateTimeOffset?)null), cancellationToken);
        if (enabled == 0)
        {
            return EnableAccountOutcome.WasEnabledBefore;
        }

        audit.Add(new AccountEnabled(account.Id, account.HomeOrganizationId));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return EnableAccountOutcome.Enabled;
    }
}
