using Cardea.Rules.Permissions;
using Xunit;
using static Cardea.Rules.Permissions.SecondPersonRules;

namespace Cardea.Rules.Tests.Permissions;

[Scenario("A-15", "A-19")]
public class SecondPersonRulesTests
{
    private static readonly Guid
        Clinic = new("00000000-0000-0000-0000-00000000000a"),
        School = new("00000000-0000-0000-0000-00000000000b"),
        First = new("00000000-0000-0000-0000-000000000001"),
        Second = new("00000000-0000-0000-0000-000000000002"),
        Amina = new("00000000-0000-0000-0000-000000000003");

    private static readonly IReadOnlyList<Roles> EveryPower =
        [Roles.Standard, Roles.Administrator, Roles.HelpDesk, Roles.RegistryOperator, Roles.Administrator | Roles.HelpDesk, Roles.Administrator | Roles.RegistryOperator];

    /// <summary>Every kind × every first × every second × every person.</summary>
    private static readonly IReadOnlyList<(SecondPersonKind Kind, Manager First, Manager Second, Managed Person)> Everything =
    [
        .. from kind in Enum.GetValues<SecondPersonKind>()
           from first in ManagersNamed(First, Clinic)
           from second in ManagersNamed(Second, Clinic).Concat(ManagersNamed(Second, School)).Concat(ManagersNamed(Amina, School)).Append(first)
           from roles in EveryPower
           select (kind, first, second, new Managed(Amina, School, roles)),
    ];

    [Fact]
    public void Neither_the_first_nor_the_person_is_the_second() =>
        Assert.DoesNotContain(Everything, one => Confirms(one) && (one.Second.AccountId == one.First.AccountId
            || (one.Second.AccountId == one.Person.AccountId && one.Kind is not SecondPersonKind.SwitchOffMfa)));

    [Fact]
    public void The_second_stands_no_lower_than_the_first_and_could_act_on_the_person()
    {
        Assert.Contains(Everything, Confirms);
        Assert.All(Everything.Where(Confirms), one =>
        {
            Assert.True(one.Second.Rank >= one.First.Rank);
            Assert.True(one.Kind is SecondPersonKind.SwitchOffMfa || AdministrationRules.CheckHelp(one.Second, one.Person) is null);
        });
    }

    [Fact]
    public void Nobody_confirms_what_the_first_may_not_ask() =>
        Assert.All(Everything.Where(Confirms), one => Assert.True(MayAsk(one.Kind, one.First, PersonOf(one), OrganizationOf(one))));

    [Fact]
    public void Operators_are_made_by_operators_alone() =>
        Assert.All(Everything.Where(one => one.Kind is SecondPersonKind.MakeOperator && Confirms(one)), one =>
            Assert.Equal((Rank.Operator, Rank.Operator), (one.First.Rank, one.Second.Rank)));

    [Fact]
    public void For_an_organization_one_of_its_administrators_asks_and_another_or_an_operator_confirms() =>
        Assert.All(Everything.Where(one => one.Kind is SecondPersonKind.SwitchOffMfa && Confirms(one)), one =>
        {
            Assert.True(one.First.Roles.HasFlag(Roles.Administrator));
            Assert.True(one.Second.Rank is Rank.Operator || (one.Second.Roles.HasFlag(Roles.Administrator) && one.Second.OrganizationId == Clinic));
        });

    [Theory]
    [InlineData(Roles.Standard, false)]
    [InlineData(Roles.Administrator, false)]
    [InlineData(Roles.HelpDesk, true)]
    [InlineData(Roles.RegistryOperator, true)]
    public void The_factors_of_those_who_could_open_everything_take_two(Roles roles, bool takesTwo) =>
        Assert.Equal(takesTwo, ResetTakesTwo(new(Amina, School, roles)));

    private static bool Confirms((SecondPersonKind Kind, Manager First, Manager Second, Managed Person) one) =>
        MayConfirm(one.Kind, one.Second, one.First, PersonOf(one), OrganizationOf(one));

    private static Managed? PersonOf((SecondPersonKind Kind, Manager First, Manager Second, Managed Person) one) =>
        one.Kind is SecondPersonKind.SwitchOffMfa ? null : one.Person;

    private static Guid OrganizationOf((SecondPersonKind Kind, Manager First, Manager Second, Managed Person) one) =>
        one.Kind is SecondPersonKind.SwitchOffMfa ? Clinic : School;

    private static IEnumerable<Manager> ManagersNamed(Guid account, Guid organization) =>
        EveryPower.Select(roles => new Manager(account, organization, roles, AdministrationRules.RankOf(roles) switch
        {
            Rank.None => Reach.Nobody,
            Rank.Administrator => Reach.OwnOrganization,
            _ => Reach.Everybody,
        }));
}
