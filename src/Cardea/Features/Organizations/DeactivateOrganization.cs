using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Organizations;

public abstract record DeactivateOrganizationOutcome
{
    public sealed record Deactivated(int SessionsEnded) : DeactivateOrganizationOutcome;

    public sealed record ReasonRefused(PlainLineRefusal Refusal) : DeactivateOrganizationOutcome;

    public sealed record WasDeactivatedBefore : DeactivateOrganizationOutcome;

    /// <summary>Whoever does this would shut themselves out.</summary>
    public sealed record IsOwn : DeactivateOrganizationOutcome;

    /// <summary>Nobody could run the registry any more .</summary>
    public sealed record IsOfLastOperator : DeactivateOrganizationOutcome;

    public sealed record NoSuchOrganization : DeactivateOrganizationOutcome;
}

/// <summary>Whose access goes with an organization. Patients whose account it keeps are among them.</summary>
public sealed record PeopleShutOut(int Staff, int Patients);

/// <summary>Shuts an organization: nobody can sign in there any more, and every session for it ends at once.</summary>
public sealed class DeactivateOrganization(AppDbContext db, PolicyBook policies, SessionStore sessions, AuditTrail audit, TimeProvider clock)
{
    public const int ReasonMaxLength = 200;

    public async Task<PeopleShutOut> PreviewAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        var people = db.Accounts.Where(a => a.DisabledAt == null && db.Memberships.Any(m => m.AccountId == a.Id && m.OrganizationId == organizationId));
        return new(
            await people.CountAsync(a => a.Audience == Audience.Staff, cancellationToken),
            await people.CountAsync(a => a.Audience == Audience.Patient, cancellationToken));
    }

    /// <param name="own">For which the person works who does this; null for the command line.</param>
    public async Task<DeactivateOrganizationOutcome> RunAsync(Guid organizationId, Guid? own, string reason, CancellationToken cancellationToken)
    {
        if (PlainLine.Check(reason, ReasonMaxLength) is { } refusal)
        {
            return new DeactivateOrganizationOutcome.ReasonRefused(refusal);
        }

        if (organizationId == own)
        {
            return new DeactivateOrganizationOutcome.IsOwn();
        }

        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (await db.HasAllUsableOperatorsAsync(organizationId, now - policies.For(organizationId).Passwords.TemporaryLivesFor, cancellationToken))
        {
            return new DeactivateOrganizationOutcome.IsOfLastOperator();
        }

        var deactivated = await db.Organizations
            .Where(o => o.Id == organizationId && o.DeactivatedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DeactivatedAt, now), cancellationToken);
        if (deactivated == 0)
        {
            return await db.Organizations.AnyAsync(o => o.Id == organizationId, cancellationToken)
                ? new DeactivateOrganizationOutcome.WasDeactivatedBefore()
                : new DeactivateOrganizationOutcome.NoSuchOrganization();
        }

        var ended = await sessions.EndAsync(
            db.Sessions.Where(session => session.OrganizationId == organizationId || session.Account!.HomeOrganizationId == organizationId),
            SessionEnd.OrganizationDeactivated,
            cancellationToken);
        audit.Add(new OrganizationDeactivated(organizationId, PlainLine.Normalize(reason), ended));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new DeactivateOrganizationOutcome.Deactivated(ended);
    }
}
