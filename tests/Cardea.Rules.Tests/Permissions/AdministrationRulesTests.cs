using Cardea.Rules.Permissions;
using Xunit;
using static Cardea.Rules.Permissions.AdministrationRules;

namespace Cardea.Rules.Tests.Permissions;

[Scenario("V8.2.1", "A-15", "A-19")]
public class AdministrationRulesTests
{
    private static readonly Guid
        Clinic = new("00000000-0000-0000-0000-00000000000a"),
        School = new("00000000-0000-0000-0000-00000000000b"),
        Olga = new("00000000-0000-0000-0000-000000000001"),
        Amina = new("00000000-0000-0000-0000-000000000002");

    private static readonly IReadOnlyList<Roles> EveryMixOfRoles = [.. Enumerable.Range(0, 128).Select(mix => (Roles)mix)];

    private static readonly IReadOnlyList<Manager> EveryManager =
        [.. from roles in EveryMixOfRoles from reach in Enum.GetValues<Reach>() select new Manager(Olga, Clinic, roles, reach)];

    [Theory]
    [InlineData(Roles.None, Rank.None)]
    [InlineData(Roles.Standard | Roles.ReportsOnly, Rank.None)]
    [InlineData(Roles.Standard | Roles.Administrator, Rank.Administrator)]
    [InlineData(Roles.Administrator | Roles.HelpDesk, Rank.HelpDesk)]
    [InlineData(Roles.HelpDesk | Roles.RegistryOperator, Rank.Operator)]
    public void The_greatest_power_decides_about_the_rank(Roles roles, Rank rank) => Assert.Equal(rank, RankOf(roles));

    [Fact]
    public void Reach_is_what_permissions_say_and_nobody_has_any_without()
    {
        Assert.Equal(Reach.Nobody, ReachOf([PermissionRules.ClientEdit, PermissionRules.OrganizationsManage]));
        Assert.Equal(Reach.OwnOrganization, ReachOf([PermissionRules.PeopleManage]));
        Assert.Equal(Reach.Everybody, ReachOf([PermissionRules.PeopleManage, PermissionRules.PeopleManageEverywhere]));
    }

    [Fact]
    public void Whoever_is_out_of_reach_does_not_exist_whatever_they_are()
    {
        foreach (var manager in EveryManager.Where(manager => manager.Reach is not Reach.Everybody))
        {
            var home = manager.Reach is Reach.OwnOrganization ? School : Clinic;
            Assert.All(EveryMixOfRoles, roles =>
                Assert.Equal(AdministrationRefusal.OutOfReach, CheckHelp(manager, new(Amina, home, roles))));
            Assert.All(EveryMixOfRoles, roles => Assert.Equal(AdministrationRefusal.OutOfReach, CheckCreate(manager, home, roles)));
        }
    }

    [Fact]
    public void Nobody_acts_on_anybody_above_them_or_on_themselves()
    {
        foreach (var manager in EveryManager.Where(manager => manager.Reach is not Reach.Nobody))
        {
            Assert.Equal(AdministrationRefusal.Oneself, CheckHelp(manager, new(manager.AccountId, Clinic, manager.Roles)));
            Assert.All(EveryMixOfRoles, roles => Assert.Equal(
                RankOf(roles) > manager.Rank ? AdministrationRefusal.AboveOwnRank : null, CheckHelp(manager, new(Amina, Clinic, roles))));
        }
    }

    [Fact]
    public void Nobody_gives_more_power_than_they_have_and_only_an_operator_says_who_the_help_desk_is()
    {
        foreach (var manager in EveryManager.Where(manager => manager.Reach is not Reach.Nobody))
        {
            var person = new Managed(Amina, Clinic, Roles.ViewOnly);
            foreach (var wanted in EveryMixOfRoles)
            {
                var may = wanted is not Roles.None && RankOf(wanted) <= manager.Rank && (RankOf(wanted) is not Rank.HelpDesk || manager.Rank is Rank.Operator);

                Assert.Equal(may, CheckRoles(manager, person, wanted) is null);
                Assert.Equal(may, CheckCreate(manager, Clinic, wanted) is null);
            }

            Assert.All(Grantable(manager), role => Assert.Null(CheckCreate(manager, Clinic, role)));
            Assert.All(Enum.GetValues<Roles>().Except(Grantable(manager)), role => Assert.NotNull(CheckCreate(manager, Clinic, role)));
        }
    }

    [Fact]
    public void Nobody_changes_the_roles_of_somebody_above_them() =>
        Assert.Equal(
            AdministrationRefusal.AboveOwnRank,
            CheckRoles(new(Olga, Clinic, Roles.Administrator, Reach.OwnOrganization), new(Amina, Clinic, Roles.HelpDesk), Roles.ViewOnly));

    [Fact]
    public void What_somebody_is_elsewhere_is_for_that_organization_to_say_and_never_more_than_work_and_administration()
    {
        foreach (var manager in EveryManager)
        {
            var guest = new Managed(Amina, School, Roles.ViewOnly);
            Assert.Equal(manager.Reach is Reach.Nobody ? AdministrationRefusal.OutOfReach : null, CheckAccess(manager, guest, Clinic));
            Assert.Equal(AdministrationRefusal.OutOfReach, CheckAccess(manager, guest, School));   // their home
            Assert.Equal(manager.Reach is not Reach.Everybody, CheckAccess(manager, new(Amina, Clinic, Roles.ViewOnly), School) is AdministrationRefusal.OutOfReach);
            foreach (var wanted in EveryMixOfRoles)
            {
                var may = manager.Reach is not Reach.Nobody && wanted is not Roles.None && RankOf(wanted) <= manager.Rank && RankOf(wanted) <= Rank.Administrator;

                Assert.Equal(may, CheckAccess(manager, guest, Clinic, wanted) is null);
            }
        }
    }

    [Fact]
    public void Nobody_changes_or_ends_the_access_of_anybody_above_them_or_their_own()
    {
        foreach (var manager in EveryManager.Where(manager => manager.Reach is not Reach.Nobody))
        {
            Assert.Equal(AdministrationRefusal.Oneself, CheckAccess(manager, new(manager.AccountId, School, manager.Roles), Clinic));
            Assert.All(EveryMixOfRoles, roles => Assert.Equal(
                RankOf(roles) > manager.Rank ? AdministrationRefusal.AboveOwnRank : null, CheckAccess(manager, new(Amina, School, roles), Clinic)));
        }
    }
}
