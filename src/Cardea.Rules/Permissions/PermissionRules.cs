namespace Cardea.Rules.Permissions;

/// <summary>What a person is in an organization; a work role and Administrator may be held together.</summary>
[Flags]
public enum Roles
{
    None = 0,
    ViewOnly = 1,
    SchoolOrChildCare = 2,
    Standard = 4,
    ReportsOnly = 8,

    /// <summary>Manages the people of the own organization.</summary>
    Administrator = 16,

    /// <summary>Manages people across organizations.</summary>
    HelpDesk = 32,

    /// <summary>Runs the registry and sets its policy.</summary>
    RegistryOperator = 64,
}

/// <summary>The kind of organization, which decides about editing together with the role (S2-01).</summary>
public enum OrganizationType
{
    HealthCareProvider,
    Pharmacy,
    PublicHealthAgency,
    School,
    ChildCare,
    HealthPlan,
    StateProgram,
}

/// <summary>One row of the permission table.</summary>
/// <param name="AnyOf">Holding one of these is enough; <see cref="Roles.None"/> stands for any role.</param>
/// <param name="AtTypes">Empty stands for all types.</param>
public sealed record PermissionGrant(string Permission, Roles AnyOf, IReadOnlyList<OrganizationType> AtTypes);

/// <summary>Role and type of organization decide, by a table in the policy; what no row grants is denied (S2-01, V8.2.1).</summary>
public static class PermissionRules
{
    public const string ClientView = "client:view", ClientEdit = "client:edit";

    /// <summary>Of the own organization, or of all.</summary>
    public const string PeopleManage = "people:manage", PeopleManageEverywhere = "people:manage-everywhere";

    public const string OrganizationsManage = "organizations:manage";

    /// <summary>To those whom one reaches: <see cref="Announcements.AnnouncementRules"/>.</summary>
    public const string AnnouncementsWrite = "announcements:write";

    private const Roles ThoseWhoManagePeople = Roles.Administrator | Roles.HelpDesk | Roles.RegistryOperator;

    /// <summary>The permissions held, each once, in the order of the table. Who holds no role at all is granted nothing.</summary>
    public static IReadOnlyList<string> For(Roles roles, OrganizationType type, IReadOnlyList<PermissionGrant> table)
    {
        return [.. table.Where(IsGranted).Select(grant => grant.Permission).Distinct(StringComparer.Ordinal)];

        bool IsGranted(PermissionGrant grant) =>
            (grant.AnyOf is Roles.None ? roles is not Roles.None : (roles & grant.AnyOf) is not Roles.None)
            && (grant.AtTypes.Count == 0 || grant.AtTypes.Contains(type));
    }

    /// <summary>Where a role is granted a permission: all that one reads off the table for one of its cells.</summary>
    public static IReadOnlyList<OrganizationType> Where(string permission, Roles role, IReadOnlyList<PermissionGrant> table) =>
        [.. Enum.GetValues<OrganizationType>().Where(type => For(role, type, table).Contains(permission))];

    /// <summary>Those who also accept the administrator agreement (S2-06) and need a second factor .</summary>
    public static bool ManagesPeople(Roles roles) => (roles & ThoseWhoManagePeople) is not Roles.None;
}
