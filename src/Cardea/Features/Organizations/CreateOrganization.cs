using Cardea.Data;
using Cardea.Features.Audit;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Organizations;

public abstract record CreateOrganizationOutcome
{
    public sealed record Created(Guid OrganizationId) : CreateOrganizationOutcome;

    public sealed record Refused(NewOrganizationRefusals Reasons) : CreateOrganizationOutcome;

    /// <summary>By the same code, or by one that looks like it (S2-04).</summary>
    public sealed record CodeIsTaken : CreateOrganizationOutcome;
}

/// <summary>Adds an organization whose code nobody mistakes for another one (S2-04).</summary>
public sealed class CreateOrganization(AppDbContext db, AuditTrail audit, TimeProvider clock)
{
    public async Task<CreateOrganizationOutcome> RunAsync(NewOrganization wanted, CancellationToken cancellationToken)
    {
        if (wanted.Check() is { Any: true } reasons)
        {
            return new CreateOrganizationOutcome.Refused(reasons);
        }

        var organization = wanted.ToOrganization(clock.NewId(), clock.Now);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        db.Organizations.Add(organization);
        audit.Add(new OrganizationCreated(organization.Id, organization.Type));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(OrganizationConfiguration.Table))
        {
            return new CreateOrganizationOutcome.CodeIsTaken();
        }

        await write.CommitAsync(cancellationToken);
        return new CreateOrganizationOutcome.Created(organization.Id);
    }
}
