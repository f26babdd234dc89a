using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Demo;

public sealed record SampleOrganization(string Code, string Name, OrganizationType Type)
{
    public const string TimeZone = "America/Chicago";

    public static readonly SampleOrganization
        Clinic = new("RIVERSIDE", "Riverside Family Clinic", OrganizationType.HealthCareProvider),
        School = new("LINCOLN", "Lincoln Elementary School", OrganizationType.School),
        Pharmacy = new("CORNER", "Corner Street Pharmacy", OrganizationType.Pharmacy),
        HealthPlan = new("PRAIRIE", "Prairie Health Plan", OrganizationType.HealthPlan),
        Registry = new("REGISTRY", "State Immunization Registry", OrganizationType.StateProgram);

    /// <summary>All but the registry's own, which the set-up makes.</summary>
    public static readonly IReadOnlyList<SampleOrganization> Members = [Clinic, School, Pharmacy, HealthPlan];
}

/// <param name="Kind">What <c>demo.json</c> calls such a person.</param>
public sealed record SamplePerson(string Kind, SampleOrganization Organization, string GivenName, string FamilyName, Roles Roles)
{
    /// <summary>Whether they still hold the temporary password, with the whole first sign-in before them.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether they are made at the time to which the clock was moved; all others are as old as the move is long.</summary>
    public bool IsMadeAtMovedTime { get; init; }

    public Audience Audience { get; init; } = Audience.Staff;

    public string Username => GivenName.ToLowerInvariant();

    public string Email => $"{Username}@{Organization.Code.ToLowerInvariant()}.example";

    public DemoAccount With(string password, string? authenticatorKey) =>
        new(Kind, Organization.Code, Audience is Audience.Patient ? Email : Username, Email, password, authenticatorKey);

    /// <summary>Who sets the registry up.</summary>
    public static readonly SamplePerson FirstOperator =
        new("first-operator", SampleOrganization.Registry, "Laura", "Petersen", Roles.RegistryOperator);

    public static readonly IReadOnlyList<SamplePerson> Others =
    [
        new("new", SampleOrganization.Clinic, "Amina", "Diallo", Roles.Standard) { IsNew = true, IsMadeAtMovedTime = true },
        new("returning", SampleOrganization.Clinic, "Benjamin", "Olsen", Roles.Standard),
        new("view-only", SampleOrganization.Clinic, "Chloe", "Tran", Roles.ViewOnly),
        new("administrator", SampleOrganization.Clinic, "Dolores", "Rivera", Roles.Standard | Roles.Administrator) { IsMadeAtMovedTime = true },
        new("new-administrator", SampleOrganization.Clinic, "Elias", "Novak", Roles.Standard | Roles.Administrator) { IsNew = true },
        new("school", SampleOrganization.School, "Fatima", "Haddad", Roles.SchoolOrChildCare),
        new("school-administrator", SampleOrganization.School, "Grace", "Lindholm", Roles.SchoolOrChildCare | Roles.Administrator),
        new("pharmacy", SampleOrganization.Pharmacy, "Hector", "Morales", Roles.Standard),
        new("reports-only", SampleOrganization.HealthPlan, "Ingrid", "Bauer", Roles.ReportsOnly),
        new("help-desk", SampleOrganization.Registry, "Joseph", "Kamara", Roles.HelpDesk),
        new("patient", SampleOrganization.Clinic, "Benjamin", "Olsen", Roles.None) { Audience = Audience.Patient },   // "returning" is the same person at work
        new("operator", SampleOrganization.Registry, "Katherine", "Nguyen", Roles.RegistryOperator) { IsMadeAtMovedTime = true },
    ];
}
