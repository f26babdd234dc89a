using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum EndAccessOutcome
{
    Ended,

    /// <summary>Nobody could look after the people of that organization any more .</summary>
    IsLastAdministrator,
}

/// <summary>
/// Somebody works no more for an organization that is not their home: they are out of it at once, their name there is free again, and all that they have elsewhere
/// stays.
/// </summary>
public sealed class EndAccess(
    AppDbContext db, PeopleInReach people, PolicyBook policies, SessionStore sessions, TellOwner tellOwner, AuditTrail audit, TimeProvider clock)
{
    /// <exception cref="OutOfReachException">There is no such access any more, or whoever acts may not end it.</exception>
    public async Task<EndAccessOutcome> RunAsync(FoundAccount account, Guid organizationId, string reason, CancellationToken cancellationToken)
    {
        var temporarySince = clock.Now - policies.For(organizationId).Passwords.TemporaryLivesFor;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (await db.IsLastUsableAdministratorAsync(account.Id, organizationId, temporarySince, cancellationToken))
        {
            return EndAccessOutcome.IsLastAdministrator;
        }

        await people.HoldAccessAsync(account, organizationId, cancellationToken);
        var organization = await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == organizationId, cancellationToken);
        var gone = await db.Memberships
            .Where(m => m.AccountId == account.Id && m.OrganizationId == organizationId && m.OrganizationId != account.HomeOrganizationId)
            .ExecuteDeleteAsync(cancellationToken);
        if (gone == 0)
        {
            throw new OutOfReachException();
        }

        await db.SignInNames.Where(name => name.AccountId == account.Id && name.Scope == organizationId).ExecuteDeleteAsync(cancellationToken);
        var ended = await sessions.EndAsync(
            db.Sessions.Where(session => session.AccountId == account.Id && session.OrganizationId == organizationId), SessionEnd.AccessEnded, cancellationToken);
        audit.Add(new AccessEnded(account.Id, organizationId, ended, reason));
        await tellOwner.ThatAsync(HelpGiven.AccessEnded, account, cancellationToken, organization.Label);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return EndAccessOutcome.Ended;
    }
}
