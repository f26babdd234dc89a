using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum ChangeRolesOutcome
{
    Changed,

    /// <summary>Somebody else has changed them since the form was opened.</summary>
    OthersAreOnFile,

    /// <summary>More than whoever acts may give.</summary>
    TooMuch,

    NoRole,

    /// <summary>X-05.</summary>
    IsLastOperator,

    /// <summary>X-05.</summary>
    IsLastAdministrator,
}

/// <summary>
/// Says what somebody is in their home organization. It holds from their next request on (V8.3.2); a power that is new to them waits for its agreement
/// and for a second factor.
/// </summary>
public sealed class ChangeRoles(AppDbContext db, PeopleInReach people, PolicyBook policies, TellOwner tellOwner, AuditTrail audit, TimeProvider clock)
{
    /// <param name="shown">Over which the form was filled in.</param>
    public async Task<ChangeRolesOutcome> RunAsync(FoundAccount account, Roles shown, Roles wanted, CancellationToken cancellationToken)
    {
        var temporarySince = clock.Now - policies.For(account.HomeOrganizationId).Passwords.TemporaryLivesFor;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (!wanted.HasFlag(Roles.RegistryOperator) && await db.IsLastUsableOperatorAsync(account.Id, temporarySince, cancellationToken))
        {
            return ChangeRolesOutcome.IsLastOperator;
        }

        if (!wanted.HasFlag(Roles.Administrator) && await db.IsLastUsableAdministratorAsync(account.Id, account.HomeOrganizationId, temporarySince, cancellationToken))
        {
            return ChangeRolesOutcome.IsLastAdministrator;
        }

        var by = await people.HoldAsync(account, cancellationToken);
        var membership = await db.Memberships.SingleAsync(m => m.AccountId == account.Id && m.OrganizationId == account.HomeOrganizationId, cancellationToken);
        if (membership.Roles == wanted)
        {
            return ChangeRolesOutcome.Changed;   // a double click
        }

        if (membership.Roles != shown)
        {
            return ChangeRolesOutcome.OthersAreOnFile;
        }

        if (wanted is Roles.None)
        {
            return ChangeRolesOutcome.NoRole;
        }

        if (by is not null && AdministrationRules.CheckRoles(by, new(account.Id, account.HomeOrganizationId, membership.Roles), wanted) is not null)
        {
            return ChangeRolesOutcome.TooMuch;
        }

        audit.Add(new RolesChanged(account.Id, account.HomeOrganizationId, membership.Roles, wanted));
        (membership.Roles, membership.ConfirmedAt) = (wanted, clock.Now);
        await tellOwner.ThatAsync(HelpGiven.RolesChanged, account, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return ChangeRolesOutcome.Changed;
    }
}
