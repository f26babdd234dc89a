using Cardea.Data;
using Cardea.Features.Audit;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum RestoreAccountOutcome
{
    Restored,
    WasNotDeleted,
}

/// <summary>Brings a deleted account back as it was: whoever had been disabled before still is.</summary>
public sealed class RestoreAccount(AppDbContext db, PeopleInReach people, TellOwner tellOwner, AuditTrail audit)
{
    public async Task<RestoreAccountOutcome> RunAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        await db.Accounts   // shut by the deletion alone
            .Where(a => a.Id == account.Id && a.DeletedAt != null && a.DisabledAt == a.DeletedAt)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DisabledAt, (DateTimeOffset?)null), cancellationToken);
        var restored = await db.Accounts
            .Where(a => a.Id == account.Id && a.DeletedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DeletedAt, (DateTimeOffset?)null), cancellationToken);
        if (restored == 0)
        {
            return RestoreAccountOutcome.WasNotDeleted;
        }

        audit.Add(new AccountRestored(account.Id, account.HomeOrganizationId, reason));
        await tellOwner.ThatAsync(HelpGiven.Restored, account, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return RestoreAccountOutcome.Restored;
    }
}
