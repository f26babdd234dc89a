using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Organizations;
using Cardea.Policies;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <param name="Username">
/// By which the person signs in there, where names belong to organizations; null for the one they have at home. Not looked at where names are for the whole
/// registry.
/// </param>
public sealed record WantedAccess(string OrganizationCode, Roles Roles, string? Username);

public abstract record GiveAccessOutcome
{
    /// <summary>Also where it was given a moment ago, by the other click of two.</summary>
    public sealed record Given : GiveAccessOutcome;

    /// <summary>None by this code, or none that anybody works for any more.</summary>
    public sealed record NoSuchOrganization : GiveAccessOutcome;

    public sealed record WorksThereAlready : GiveAccessOutcome;

    /// <summary>More than whoever acts may give, or than can be held away from home.</summary>
    public sealed record TooMuch : GiveAccessOutcome;

    public sealed record NoRole : GiveAccessOutcome;

    public sealed record UsernameRefused(SignInNameRefusal Reason) : GiveAccessOutcome;

    /// <summary>By somebody of that organization, or by one that looks like it (S2-04).</summary>
    public sealed record NameIsTaken(string Username) : GiveAccessOutcome;
}

/// <summary>
/// Lets somebody work for an organization beside their home, which goes on managing their credentials: the password is the same, and so is the person, but what
/// they may do is what they are in the organization for which they sign in.
/// </summary>
public sealed class GiveAccess(
    AppDbContext db, PeopleInReach people, PolicyBook policies, FindablePeople findable, TellOwner tellOwner, AuditTrail audit, TimeProvider clock)
{
    public async Task<GiveAccessOutcome> RunAsync(FoundAccount account, WantedAccess wanted, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var by = await people.HoldAsync(account, cancellationToken);
        var organization = await db.Organizations.AsNoTracking()
            .SingleOrDefaultAsync(o => o.Code == wanted.OrganizationCode && o.DeactivatedAt == null, cancellationToken);
        if (organization is null)
        {
            return new GiveAccessOutcome.NoSuchOrganization();
        }

        var held = await db.Memberships.AsNoTracking()
            .SingleOrDefaultAsync(m => m.AccountId == account.Id && m.OrganizationId == organization.Id, cancellationToken);
        if (held is not null)
        {
            return organization.Id != account.HomeOrganizationId && held.Roles == wanted.Roles ? new GiveAccessOutcome.Given() : new GiveAccessOutcome.WorksThereAlready();
        }

        if (Refused(by, account, organization.Id, wanted.Roles) is { } refusal)
        {
            return refusal;
        }

        db.Memberships.Add(new() { AccountId = account.Id, OrganizationId = organization.Id, Roles = wanted.Roles, ConfirmedAt = clock.Now });
        audit.Add(new AccessGiven(account.Id, organization.Id, wanted.Roles));
        await tellOwner.ThatAsync(HelpGiven.AccessGiven, account, cancellationToken, organization.Label);
        if (await SaveAsync(account, organization, wanted, cancellationToken) is { } problem)
        {
            return problem;
        }

        await write.CommitAsync(cancellationToken);
        return new GiveAccessOutcome.Given();
    }

    private static GiveAccessOutcome? Refused(Manager? by, FoundAccount account, Guid organizationId, Roles wanted)
    {
        if (wanted is Roles.None)
        {
            return new GiveAccessOutcome.NoRole();
        }

        var mayBeGiven = by is null
            ? (wanted & ~AdministrationRules.HeldInFurtherOrganizations) is Roles.None
            : AdministrationRules.CheckAccess(by, new(account.Id, account.HomeOrganizationId, Roles.None), organizationId, wanted) is null;   // about the person, they were asked before
        return mayBeGiven ? null : new GiveAccessOutcome.TooMuch();
    }

    /// <summary>With a name to sign in by, where there must be one; null when all is on file.</summary>
    private async Task<GiveAccessOutcome?> SaveAsync(FoundAccount account, Organization organization, WantedAccess wanted, CancellationToken cancellationToken)
    {
        if (policies.Everywhere.Identifier is not IdentifierKind.OrganizationCodeAndUsername)
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }

        var username = wanted.Username ?? await db.HomeNames().Where(name => name.AccountId == account.Id).Select(name => name.Name).SingleAsync(cancellationToken);
        if (SignInNames.CheckUsername(username) is { } reason)
        {
            return new GiveAccessOutcome.UsernameRefused(reason);
        }

        db.SignInNames.Add(new()
        {
            Id = clock.NewId(),
            Scope = organization.Id,
            Name = username,
            Skeleton = SignInNames.Skeleton(username),
            AccountId = account.Id,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(SignInNameConfiguration.Table))
        {
            return new GiveAccessOutcome.NameIsTaken(username);
        }

        await findable.RefreshAsync(account.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }
}
