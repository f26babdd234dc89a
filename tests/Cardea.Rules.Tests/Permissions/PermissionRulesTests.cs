using Cardea.Rules.Permissions;
using Xunit;
using static Cardea.Rules.Permissions.OrganizationType;
using static Cardea.Rules.Permissions.PermissionRules;

namespace Cardea.Rules.Tests.Permissions;

[Scenario("S2-01", "V8.2.1")]
public class PermissionRulesTests
{
    private static readonly OrganizationType[] EveryType = Enum.GetValues<OrganizationType>();

    private static readonly IEnumerable<Roles> EveryMixOfRoles = Enumerable.Range(0, 128).Select(mix => (Roles)mix);

    /// <summary>The registry's default: all may view; Standard edits where people are vaccinated or records are kept.</summary>
    private static readonly PermissionGrant[] Defaults =
    [
        new(ClientView, Roles.None, []),
        new(ClientEdit, Roles.Standard, [HealthCareProvider, Pharmacy, PublicHealthAgency, StateProgram]),
    ];

    [Theory]
    [InlineData(Roles.ViewOnly, "")]
    [InlineData(Roles.SchoolOrChildCare, "")]
    [InlineData(Roles.Standard, "HealthCareProvider Pharmacy PublicHealthAgency StateProgram")]
    [InlineData(Roles.ReportsOnly, "")]
    [InlineData(Roles.Administrator, "")]
    [InlineData(Roles.HelpDesk, "")]
    [InlineData(Roles.RegistryOperator, "")]
    [InlineData(Roles.Standard | Roles.Administrator, "HealthCareProvider Pharmacy PublicHealthAgency StateProgram")]
    [InlineData(Roles.ViewOnly | Roles.Administrator, "")]
    public void By_default_everyone_views_and_only_a_standard_role_at_the_right_organization_edits(Roles roles, string editsAt)
    {
        foreach (var type in EveryType)
        {
            var edits = editsAt.Split(' ').Contains(type.ToString());

            Assert.Equal(edits ? [ClientView, ClientEdit] : [ClientView], For(roles, type, Defaults));
        }
    }

    [Fact]
    public void Who_has_no_role_may_nothing() => Assert.All(EveryType, type => Assert.Empty(For(Roles.None, type, Defaults)));

    [Fact]
    public void Without_a_row_nothing_is_granted_to_anyone() =>
        Assert.All(EveryMixOfRoles, roles => Assert.All(EveryType, type => Assert.Empty(For(roles, type, []))));

    [Fact]
    public void A_permission_is_held_exactly_when_a_row_names_one_of_the_roles_and_the_type()
    {
        Roles[] namedByARow = [.. Enum.GetValues<Roles>(), Roles.Standard | Roles.SchoolOrChildCare];

        foreach (var (roles, anyOf, type, at) in
            from roles in EveryMixOfRoles from anyOf in namedByARow from type in EveryType from at in EveryType select (roles, anyOf, type, at))
        {
            var matches = roles != Roles.None && (anyOf == Roles.None || (roles & anyOf) != Roles.None) && type == at;

            Assert.Equal(matches, For(roles, type, [new("x", anyOf, [at])]).Count == 1);
        }
    }

    [Fact]
    public void A_permission_that_two_rows_grant_is_listed_once_and_in_the_order_of_the_table()
    {
        PermissionGrant[] table =
        [
            new("b", Roles.Standard, []), new("a", Roles.None, []), new("b", Roles.Administrator, []), new("c", Roles.HelpDesk, []),
        ];

        Assert.Equal(["b", "a"], For(Roles.Standard | Roles.Administrator, School, table));
    }

    [Fact, Scenario("S2-06", "X-04")]
    public void Administrators_help_desk_and_operators_manage_people_whatever_else_they_are()
    {
        foreach (var roles in EveryMixOfRoles)
        {
            var manages = roles.HasFlag(Roles.Administrator) || roles.HasFlag(Roles.HelpDesk) || roles.HasFlag(Roles.RegistryOperator);

            Assert.Equal(manages, ManagesPeople(roles));
        }
    }
}
