using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Organizations;

public abstract record ReactivateOrganizationOutcome
{
    public sealed record Reactivated : ReactivateOrganizationOutcome;

    public sealed record ReasonRefused(PlainLineRefusal Refusal) : ReactivateOrganizationOutcome;

    public sealed record WasNotDeactivated : ReactivateOrganizationOutcome;

    public sealed record NoSuchOrganization : ReactivateOrganizationOutcome;
}

/// <summary>Opens a deactivated organization again: its people sign in as before; sessions that were ended stay ended.</summary>
public sealed class ReactivateOrganization(AppDbContext db, AuditTrail audit)
{
    public async Task<ReactivateOrganizationOutcome> RunAsync(Guid organizationId, string reason, CancellationToken cancellationToken)
    {
        if (PlainLine.Check(reason, DeactivateOrganization.ReasonMaxLength) is { } refusal)
        {
            return new ReactivateOrganizationOutcome.ReasonRefused(refusal);
        }

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var reactivated = await db.Organizations
            .Where(o => o.Id == organizationId && o.DeactivatedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DeactivatedAt, (DateTimeOffset?)null), cancellationToken);
        if (reactivated == 0)
        {
            return await db.Organizations.AnyAsync(o => o.Id == organizationId, cancellationToken)
                ? new ReactivateOrganizationOutcome.WasNotDeactivated()
                : new ReactivateOrganizationOutcome.NoSuchOrganization();
        }

        audit.Add(new OrganizationReactivated(organizationId, PlainLine.Normalize(reason)));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ReactivateOrganizationOutcome.Reactivated();
    }
}
