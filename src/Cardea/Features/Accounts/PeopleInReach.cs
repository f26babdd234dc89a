using Cardea.Data;
using Cardea.Features.Organizations;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>
/// Somebody was moved, promoted or deleted, or the one who acts has lost the right to, between the page and the act. Nothing of the act stays, and
/// the answer is the one for people who do not exist: 404.
/// </summary>
public sealed class OutOfReachException() : Exception("The person is out of the reach of whoever acts.");

/// <summary>A member of staff, as somebody sees them who may know that they exist.</summary>
/// <param name="Refusal">Why the one who looks may not act on them; null when they may.</param>
public sealed record PersonInReach(FoundAccount Account, Managed Facts, string DisplayName, bool IsDeleted, AdministrationRefusal? Refusal);

/// <summary>What a member of staff may do for an organization that is not their home, as somebody sees it who may know of it.</summary>
/// <param name="Roles">There.</param>
/// <param name="Refusal">Why the one who looks may not change or end it; null when they may.</param>
public sealed record AccessInReach(
    FoundAccount Account, Guid OrganizationId, string OrganizationCode, string OrganizationName, Roles Roles, string DisplayName, string HomeOrganizationName,
    AdministrationRefusal? Refusal);

/// <summary>Who may act on whom, asked of the database: for each page, and once more inside the transaction of each act.</summary>
public sealed class PeopleInReach(AppDbContext db, PolicyBook policies)
{
    public Manager ManagerOf(SignedInPerson person) => ManagerOf(person.AccountId, person.OrganizationId, person.Standing.Roles, person.OrganizationType);

    public Manager ManagerOf(Guid accountId, Guid organizationId, Roles roles, OrganizationType type) =>
        new(accountId, organizationId, roles, AdministrationRules.ReachOf(PermissionRules.For(roles, type, policies.For(organizationId).Grants)));

    /// <summary>All staff that somebody may know of; in the query itself, so that nobody else is ever read (V8.4.1).</summary>
    public IQueryable<Account> Of(Manager manager)
    {
        var staff = db.Accounts.AsNoTracking().Where(account => account.Audience == Audience.Staff);
        return manager.Reach switch
        {
            Reach.Everybody => staff,
            Reach.OwnOrganization => staff.Where(account => account.HomeOrganizationId == manager.OrganizationId),
            Reach.Nobody => staff.Where(_ => false),
        };
    }

    /// <summary>Null for whoever does not exist, or not for this manager.</summary>
    public async Task<PersonInReach?> FindAsync(Manager manager, Guid accountId, CancellationToken cancellationToken)
    {
        var found = await Of(manager)
            .Where(account => account.Id == accountId)
            .Select(account => new { account.HomeOrganizationId, Name = account.GivenName + " " + account.FamilyName, IsDeleted = account.DeletedAt != null })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var facts = new Managed(accountId, found.HomeOrganizationId, await RolesAsync(accountId, cancellationToken));
        return new(
            new FoundAccount(accountId, found.HomeOrganizationId) { By = manager }, facts, found.Name, found.IsDeleted, AdministrationRules.CheckHelp(manager, facts));
    }

    /// <summary>
    /// Part of a transaction, before anything is changed: from here on acts on this account take turns, and whoever acts may do so now, not only when
    /// their page was opened.
    /// </summary>
    /// <returns>Who acts, as they are now; null where nobody acts from a page.</returns>
    /// <exception cref="OutOfReachException">They may not.</exception>
    public Task<Manager?> HoldAsync(FoundAccount account, CancellationToken cancellationToken) =>
        HoldAsync(account, async manager => await FindAsync(manager, account.Id, cancellationToken) is { Refusal: null }, cancellationToken);

    /// <summary>
    /// All further access that somebody may know of: what people of others may do for an organization is the affair of that organization. Their credentials are
    /// not, nor anything else about them.
    /// </summary>
    public IQueryable<Membership> AccessIn(Manager manager)
    {
        var further = db.Memberships.AsNoTracking()
            .Where(m => m.OrganizationId != m.Account!.HomeOrganizationId && m.Account.Audience == Audience.Staff && m.Account.DeletedAt == null);
        return manager.Reach switch
        {
            Reach.Everybody => further,
            Reach.OwnOrganization => further.Where(m => m.OrganizationId == manager.OrganizationId),
            Reach.Nobody => further.Where(_ => false),
        };
    }

    /// <summary>Null where there is none, or not for this manager.</summary>
    public async Task<AccessInReach?> FindAccessAsync(Manager manager, Guid accountId, Guid organizationId, CancellationToken cancellationToken)
    {
        var found = await AccessIn(manager)
            .Where(m => m.AccountId == accountId && m.OrganizationId == organizationId)
            .Select(m => new
            {
                m.Account!.HomeOrganizationId,
                Home = m.Account.HomeOrganization!.Name,
                Name = m.Account.GivenName + " " + m.Account.FamilyName,
                m.Organization!.Code,
                Organization = m.Organization.Name,
                m.Roles,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var facts = new Managed(accountId, found.HomeOrganizationId, await RolesAsync(accountId, cancellationToken));
        return new(
            new FoundAccount(accountId, found.HomeOrganizationId) { By = manager }, organizationId, found.Code, found.Organization, found.Roles, found.Name, found.Home,
            AdministrationRules.CheckAccess(manager, facts, organizationId));
    }

    /// <summary>As <see cref="HoldAsync(FoundAccount, CancellationToken)"/>, of what somebody may do for an organization that is not their home.</summary>
    public Task<Manager?> HoldAccessAsync(FoundAccount account, Guid organizationId, CancellationToken cancellationToken) =>
        HoldAsync(account, async manager => await FindAccessAsync(manager, account.Id, organizationId, cancellationToken) is { Refusal: null }, cancellationToken);

    private async Task<Manager?> HoldAsync(FoundAccount account, Func<Manager, Task<bool>> mayActAsync, CancellationToken cancellationToken)
    {
        await db.TakeTurnAsync(account.Id, cancellationToken);
        if (account.By is not { } by)
        {
            return null;
        }

        var manager = await FindManagerAsync(by.AccountId, by.OrganizationId, cancellationToken) ?? throw new OutOfReachException();
        if (!await mayActAsync(manager))
        {
            throw new OutOfReachException();
        }

        if (account.Confirm is { } confirm)
        {
            await confirm(cancellationToken);
        }

        return manager;
    }

    /// <summary>The same for an account that is about to be made.</summary>
    /// <exception cref="OutOfReachException">They may not.</exception>
    public async Task HoldAsync(Manager? by, Guid organizationId, Roles roles, CancellationToken cancellationToken)
    {
        if (by is not null
            && (await FindManagerAsync(by.AccountId, by.OrganizationId, cancellationToken) is not { } manager
                || AdministrationRules.CheckCreate(manager, organizationId, roles) is not null))
        {
            throw new OutOfReachException();
        }
    }

    /// <summary>Somebody as they are now; null for whoever is shut out, or no longer works there.</summary>
    public async Task<Manager?> FindManagerAsync(Guid accountId, Guid organizationId, CancellationToken cancellationToken)
    {
        var now = await db.Memberships
            .Where(m => m.AccountId == accountId && m.OrganizationId == organizationId && m.Account!.DisabledAt == null && m.Account.InactivatedAt == null)
            .Select(m => new { m.Roles, m.Organization!.Type })
            .SingleOrDefaultAsync(cancellationToken);
        return now is null ? null : ManagerOf(accountId, organizationId, now.Roles, now.Type);
    }

    private async Task<Roles> RolesAsync(Guid accountId, CancellationToken cancellationToken) =>
        (await db.Memberships.Where(m => m.AccountId == accountId).Select(m => m.Roles).ToListAsync(cancellationToken))
            .Aggregate(Roles.None, (all, roles) => all | roles);
}
