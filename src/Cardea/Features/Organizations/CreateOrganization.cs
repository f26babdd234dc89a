using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

public abstract record CreateOrganizationOutcome
{
    public sealed record Created(Guid OrganizationId) : CreateOrganizationOutcome;

    public sealed record Refused(OrganizationDetailsRefusals Reasons) : CreateOrganizationOutcome;

    /// <summary>By the same code, or by one that looks like it (S2-04).</summary>
    public sealed record CodeIsTaken : CreateOrganizationOutcome;

    public sealed record ParentIsUnknown : CreateOrganizationOutcome;
}

/// <summary>Adds an organization whose code nobody mistakes for another one (S2-04).</summary>
public sealed class CreateOrganization(AppDbContext db, AuditTrail audit, IOptions<TextSettings> texts, TimeProvider clock)
{
    public async Task<CreateOrganizationOutcome> RunAsync(OrganizationDetails wanted, CancellationToken cancellationToken)
    {
        var country = texts.Value.AllowedCountries[0];
        if (wanted.Check(country) is { Any: true } reasons)
        {
            return new CreateOrganizationOutcome.Refused(reasons);
        }

        var details = wanted.Normalized(country);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var parent = details.ParentCode is { } code ? await db.FindOrganizationIdAsync(code, cancellationToken) : null;
        if (details.ParentCode is not null && parent is null)
        {
            return new CreateOrganizationOutcome.ParentIsUnknown();
        }

        var organization = details.ToOrganization(clock.NewId(), parent, clock.Now);
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
