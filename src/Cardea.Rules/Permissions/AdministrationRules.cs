namespace Cardea.Rules.Permissions;

/// <summary>How much power over others a person holds; a higher one stands above a lower one.</summary>
public enum Rank
{
    None,
    Administrator,
    HelpDesk,
    Operator,
}

/// <summary>Whose accounts somebody may manage.</summary>
public enum Reach
{
    Nobody,
    OwnOrganization,
    Everybody,
}

/// <summary>Who acts on others.</summary>
/// <param name="Roles">In the organization for which they work now.</param>
public sealed record Manager(Guid AccountId, Guid OrganizationId, Roles Roles, Reach Reach)
{
    public Rank Rank => AdministrationRules.RankOf(Roles);
}

/// <summary>Who is acted on.</summary>
/// <param name="Roles">All that they hold, anywhere: who runs the registry from one organization is no less an operator in another.</param>
public sealed record Managed(Guid AccountId, Guid HomeOrganizationId, Roles Roles)
{
    public Rank Rank => AdministrationRules.RankOf(Roles);
}

public enum AdministrationRefusal
{
    /// <summary>For this person, the other one does not exist .</summary>
    OutOfReach,

    /// <summary>Nobody helps or promotes themselves: their own pages are under /account.</summary>
    Oneself,

    /// <summary>The other one stands above, or would.</summary>
    AboveOwnRank,

    /// <summary>No work role at all would be left.</summary>
    NoRole,
}

/// <summary>Who may act on whom, and give them what (V8.2.1, A-15, A-19). What is not allowed here is denied.</summary>
public static class AdministrationRules
{
    public static Rank RankOf(Roles roles) =>
        roles.HasFlag(Roles.RegistryOperator) ? Rank.Operator
        : roles.HasFlag(Roles.HelpDesk) ? Rank.HelpDesk
        : roles.HasFlag(Roles.Administrator) ? Rank.Administrator
        : Rank.None;

    /// <param name="permissions">Those that the person holds in the organization for which they work now.</param>
    public static Reach ReachOf(IReadOnlyList<string> permissions) =>
        permissions.Contains(PermissionRules.PeopleManageEverywhere) ? Reach.Everybody
        : permissions.Contains(PermissionRules.PeopleManage) ? Reach.OwnOrganization
        : Reach.Nobody;

    /// <summary>Null when the one may help, change or shut out the other.</summary>
    public static AdministrationRefusal? CheckHelp(Manager manager, Managed person)
    {
        if (!Reaches(manager, person.HomeOrganizationId)) { return AdministrationRefusal.OutOfReach; }
        if (manager.AccountId == person.AccountId) { return AdministrationRefusal.Oneself; }

        return person.Rank > manager.Rank ? AdministrationRefusal.AboveOwnRank : null;
    }

    /// <summary>Null when the one may give the other these roles, in place of those they had.</summary>
    public static AdministrationRefusal? CheckRoles(Manager manager, Managed person, Roles wanted) =>
        CheckHelp(manager, person) ?? (wanted is Roles.None ? AdministrationRefusal.NoRole : Exceeds(manager, wanted) ? AdministrationRefusal.AboveOwnRank : null);

    /// <summary>Null when somebody may make an account with these roles in that organization.</summary>
    public static AdministrationRefusal? CheckCreate(Manager manager, Guid organizationId, Roles wanted)
    {
        if (!Reaches(manager, organizationId)) { return AdministrationRefusal.OutOfReach; }
        if (wanted is Roles.None) { return AdministrationRefusal.NoRole; }

        return Exceeds(manager, wanted) ? AdministrationRefusal.AboveOwnRank : null;
    }

    /// <summary>The roles that somebody may give, in the order of their power.</summary>
    public static IReadOnlyList<Roles> Grantable(Manager manager) =>
        [.. Enum.GetValues<Roles>().Where(role => role is not Roles.None && !Exceeds(manager, role))];

    /// <summary>What can be held in an organization that is not one's home. Who helps everybody, or runs the registry, is that at home alone.</summary>
    public const Roles HeldInFurtherOrganizations =
        Roles.ViewOnly | Roles.SchoolOrChildCare | Roles.Standard | Roles.ReportsOnly | Roles.Administrator;

    /// <summary>
    /// Null when the one may say that the other works no more for an organization that is not their home: a matter of that organization, whoever manages
    /// the credentials.
    /// </summary>
    public static AdministrationRefusal? CheckAccess(Manager manager, Managed person, Guid organizationId)
    {
        if (!Reaches(manager, organizationId) || organizationId == person.HomeOrganizationId) { return AdministrationRefusal.OutOfReach; }
        if (manager.AccountId == person.AccountId) { return AdministrationRefusal.Oneself; }

        return person.Rank > manager.Rank ? AdministrationRefusal.AboveOwnRank : null;
    }

    /// <summary>Null when the one may say that this is what the other is in an organization that is not their home.</summary>
    public static AdministrationRefusal? CheckAccess(Manager manager, Managed person, Guid organizationId, Roles wanted)
    {
        if (CheckAccess(manager, person, organizationId) is { } refusal) { return refusal; }
        if (wanted is Roles.None) { return AdministrationRefusal.NoRole; }

        return Exceeds(manager, wanted) || (wanted & ~HeldInFurtherOrganizations) is not Roles.None ? AdministrationRefusal.AboveOwnRank : null;
    }

    private static bool Reaches(Manager manager, Guid organizationId) => manager.Reach switch
    {
        Reach.Everybody => true,
        Reach.OwnOrganization => manager.OrganizationId == organizationId,
        Reach.Nobody => false,
    };

    /// <summary>The help desk helps across organizations, but who belongs to it is for an operator to say.</summary>
    private static bool Exceeds(Manager manager, Roles wanted) =>
        RankOf(wanted) is var rank && (rank > manager.Rank || (rank is Rank.HelpDesk && manager.Rank is not Rank.Operator));
}
