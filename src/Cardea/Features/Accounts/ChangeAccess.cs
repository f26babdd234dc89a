using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum ChangeAccessOutcome
{
    Changed,

    /// <summary>Somebody else has changed them since the form was opened.</summary>
    OthersAreOnFile,

    /// <summary>More than whoever acts may give, or than can be held away from home.</summary>
    TooMuch,

    NoRole,

    /// <summary>X-05.</summary>
    IsLastAdministrator,
}

/// <summary>Says what somebody is in an organization that is not their home. As <see cref="ChangeRoles"/>, it holds from their next request on.</summary>
public sealed class ChangeAccess(AppDbContext db, PeopleInReach people, PolicyBook policies, TellOwner tellOwner, AuditTrail audit, TimeProvider clock)
{
    /// <param name="shown">Over which the form was filled in.</param>
    /// <exception cref="OutOfReachException">There is no such access any more, or whoever acts may not change it.</exception>
    public async Task<ChangeAccessOutcome> RunAsync(
        FoundAccount account, Guid organizationId, Roles shown, Roles wanted, CancellationToken cancellationToken)
    {
        var temporarySince = clock.Now - policies.For(organizationId).Passwords.TemporaryLivesFor;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (!wanted.HasFlag(Roles.Administrator) && await db.IsLastUsableAdministratorAsync(account.Id, organizationId, temporarySince, cancellationToken))
        {
            return ChangeAccessOutcome.IsLastAdministrator;
        }

        var by = await people.HoldAccessAsync(account, organizationId, cancellationToken);
        var membership = await db.Memberships.Include(m => m.Organization)
            .SingleOrDefaultAsync(m => m.AccountId == account.Id && m.OrganizationId == organizationId, cancellationToken) ?? throw new OutOfReachException();
        if (membership.Roles == wanted)
        {
            return ChangeAccessOutcome.Changed;   // a double click
        }

        if (membership.Roles != shown)
        {
            return ChangeAccessOutcome.OthersAreOnFile;
        }

        if (wanted is Roles.None)
        {
            return ChangeAccessOutcome.NoRole;
        }

        if (by is not null && AdministrationRules.CheckAccess(by, new(account.Id, account.HomeOrganizationId, membership.Roles), organizationId, wanted) is not null)
        {
            return ChangeAccessOutcome.TooMuch;
        }

        audit.Add(new AccessChanged(account.Id, organizationId, membership.Roles, wanted));
        (membership.Roles, membership.ConfirmedAt) = (wanted, clock.Now);
        await tellOwner.ThatAsync(HelpGiven.AccessChanged, account, cancellationToken, membership.Organization!.Label);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return ChangeAccessOutcome.Changed;
    }
}
