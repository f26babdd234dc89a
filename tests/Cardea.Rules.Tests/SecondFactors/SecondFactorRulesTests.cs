using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Xunit;
using static Cardea.Rules.SecondFactors.FactorKinds;
using static Cardea.Rules.SecondFactors.OrganizationMethod;
using static Cardea.Rules.SecondFactors.SecondFactorDemand;
using static Cardea.Rules.SecondFactors.SecondFactorScope;

namespace Cardea.Rules.Tests.SecondFactors;

public class SecondFactorRulesTests
{
    private const FactorKinds AllKinds = Email | Text | Authenticator | Passkey;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory, Scenario("S1-02", "S1-08")]
    [InlineData(FactorKinds.None, SetUp)]
    [InlineData(Email, Prove)]
    [InlineData(Authenticator, Prove)]
    [InlineData(Text, SetUp)]   // not what the clinic picked
    public void A_clinic_that_asks_for_codes_has_each_person_prove_or_set_up(FactorKinds enrolled, SecondFactorDemand demand) =>
        Assert.Equal(demand, Decide(Person(enrolled, Clinic(Emails))));

    [Fact, Scenario("S1-01")]
    public void From_the_day_that_it_says_and_not_before()
    {
        var tomorrow = Clinic(Emails) with { From = Noon.AddDays(1) };

        Assert.Equal(SecondFactorDemand.None, Decide(Person(FactorKinds.None, tomorrow)));
        Assert.Equal(SetUp, SecondFactorRules.Decide(Person(FactorKinds.None, tomorrow), Policy(), Noon.AddDays(1)));
    }

    [Theory, Scenario("S1-01")]
    [InlineData(Emails, Email | Authenticator | Passkey)]
    [InlineData(OrganizationMethod.Texts, Text | Authenticator | Passkey)]
    [InlineData(UsersChoose, AllKinds)]
    public void What_the_clinic_picked_is_allowed_beside_what_is_stronger(OrganizationMethod method, FactorKinds allowed) =>
        Assert.Equal(allowed, SecondFactorRules.Allowed(Person(FactorKinds.None, Clinic(method)), Policy(), Noon));

    [Fact, Scenario("V6.3.6", "N-09")]
    public void What_the_policy_does_not_allow_no_clinic_can_pick()
    {
        var policy = Policy() with { Allowed = Text | Authenticator | Passkey };

        Assert.Equal(Authenticator | Passkey, SecondFactorRules.Allowed(Person(Email, Clinic(Emails)), policy, Noon));
        Assert.Equal(SetUp, SecondFactorRules.Decide(Person(Email, Clinic(Emails)), policy, Noon));
    }

    [Theory]
    [InlineData(Email, SecondFactorDemand.None)]
    [InlineData(Text, SecondFactorDemand.None)]
    [InlineData(Authenticator, Prove)]
    [InlineData(Email | Passkey, Prove)]
    public void Where_nobody_asks_any_more_only_what_people_chose_for_their_own_protection_is_asked(FactorKinds enrolled, SecondFactorDemand demand) =>
        Assert.Equal(demand, Decide(Person(enrolled, organization: null)));

    [Theory, Scenario("X-04")]
    [InlineData(Roles.Administrator)]
    [InlineData(Roles.HelpDesk)]
    [InlineData(Roles.RegistryOperator)]
    [InlineData(Roles.ViewOnly | Roles.Administrator)]
    public void Whoever_works_on_the_accounts_of_others_needs_one_in_every_policy(Roles roles)
    {
        foreach (var scope in Enum.GetValues<SecondFactorScope>())
        {
            var person = Person(FactorKinds.None, organization: null) with { Roles = roles };

            Assert.Equal(SetUp, SecondFactorRules.Decide(person, Policy(scope), Noon));
            Assert.Equal(
                scope is Everyone ? SetUp : SecondFactorDemand.None,
                SecondFactorRules.Decide(person, Policy(scope) with { AlwaysForPrivileged = false }, Noon));
        }
    }

    [Fact, Scenario("X-04", "N-09")]
    public void A_code_by_mail_is_none_for_them()
    {
        var person = Person(Email, Clinic(Emails)) with { Roles = Roles.Administrator };

        Assert.Equal(Authenticator | Passkey, SecondFactorRules.Allowed(person, Policy(), Noon));
        Assert.Equal(SetUp, Decide(person));
        Assert.Equal(Prove, SecondFactorRules.Decide(person, Policy() with { AlwaysForPrivileged = false }, Noon));
    }

    [Theory, Scenario("S0-09")]
    [InlineData(false, SecondFactorDemand.None)]
    [InlineData(true, SetUp)]
    public void Where_it_is_said_of_each_account_the_organization_says_nothing(bool required, SecondFactorDemand demand) =>
        Assert.Equal(demand, SecondFactorRules.Decide(
            Person(FactorKinds.None, Clinic(Emails)) with { RequiredForAccount = required }, Policy(ByAccount), Noon));

    [Fact]
    public void The_strongest_is_offered_first() =>
        Assert.Equal([Passkey, Authenticator, Text, Email], SecondFactorRules.StrongestFirst(AllKinds));

    [Theory, Scenario("S1-08", "N-14")]
    [InlineData(ByOrganization, true, 30)]
    [InlineData(ByOrganization, false, 0)]
    [InlineData(ByAccount, true, 0)]
    [InlineData(Everyone, true, 0)]
    public void A_device_is_remembered_as_long_as_the_clinic_says_where_the_policy_lets_it(SecondFactorScope scope, bool mayBe, int days) =>
        Assert.Equal(
            TimeSpan.FromDays(days),
            SecondFactorRules.RememberedFor(Person(Email, Clinic(Emails)), Policy(scope) with { MayBeRemembered = mayBe }, Noon));

    [Theory, Scenario("S1-08")]
    [InlineData(0, 0, 29, true)]
    [InlineData(0, 0, 30, false)]
    [InlineData(-1, 0, 1, false)]   // proven before the password of now
    [InlineData(-1, -1, 1, false)]   // and before the clinic changed its mind
    public void It_is_remembered_until_the_days_are_over_or_the_password_or_the_setting_changes(int rememberedOn, int passwordSetOn, int today, bool holds) =>
        Assert.Equal(holds, SecondFactorRules.IsRemembered(
            Noon.AddDays(rememberedOn), Noon.AddDays(passwordSetOn), Person(Email, Clinic(Emails)), Policy(), Noon.AddDays(today)));

    [Fact]
    public void Nobody_is_asked_to_prove_what_is_not_accepted()
    {
        foreach (var (enrolled, allowed, method, scope) in
            from enrolled in EverySet()
            from allowed in EverySet()
            from method in Enum.GetValues<OrganizationMethod>()
            from scope in Enum.GetValues<SecondFactorScope>()
            select (enrolled, allowed, method, scope))
        {
            var (person, policy) = (Person(enrolled, Clinic(method)), Policy(scope) with { Allowed = allowed });
            var usable = SecondFactorRules.Usable(person, policy, Noon);

            Assert.Equal(usable, usable & enrolled & SecondFactorRules.Allowed(person, policy, Noon) & allowed);
            Assert.Equal(usable is not FactorKinds.None, SecondFactorRules.Decide(person, policy, Noon) is Prove);
        }
    }

    /// <summary>Whoever works for another organization than their home has two that may ask.</summary>
    [Fact, Scenario("S1-01")]
    public void Of_two_organizations_the_stricter_decides()
    {
        OrganizationSecondFactor?[] every = [null, Clinic(Emails), Clinic(OrganizationMethod.Texts), Clinic(UsersChoose), Clinic(Emails) with { From = Noon.AddDays(1) }];
        foreach (var (home, further, enrolled) in from home in every from further in every from enrolled in EverySet() select (home, further, enrolled))
        {
            var (atHome, there) = (Person(enrolled, home), Person(enrolled, further));
            var both = there with { HomeOrganization = home };

            Assert.Equal(SecondFactorRules.IsRequired(atHome, Policy(), Noon) || SecondFactorRules.IsRequired(there, Policy(), Noon), SecondFactorRules.IsRequired(both, Policy(), Noon));
            Assert.Equal(
                SecondFactorRules.Allowed(atHome, Policy(), Noon) & SecondFactorRules.Allowed(there, Policy(), Noon), SecondFactorRules.Allowed(both, Policy(), Noon));
            if (SecondFactorRules.Decide(atHome, Policy(), Noon) is Prove)   // never a way in without what is asked at home
            {
                Assert.Equal(Prove, SecondFactorRules.Decide(both, Policy(), Noon));
            }
        }
    }

    [Fact, Scenario("S1-01")]
    public void What_two_organizations_pick_that_does_not_go_together_leaves_what_is_stronger()
    {
        var person = Person(FactorKinds.None, Clinic(Emails)) with { HomeOrganization = Clinic(OrganizationMethod.Texts) };

        Assert.Equal(Authenticator | Passkey, SecondFactorRules.Allowed(person, Policy(), Noon));
        Assert.Null(SecondFactorRules.Picked(person, Policy(), Noon));
        Assert.Equal(Email, SecondFactorRules.Picked(person with { HomeOrganization = Clinic(UsersChoose) }, Policy(), Noon));
        Assert.Equal(Email, SecondFactorRules.Usable(person with { Enrolled = Email }, Policy(), Noon));   // proven, as the one of them asks it; no stranger sets up another
    }

    [Fact, Scenario("S1-08", "N-14")]
    public void A_device_is_remembered_no_longer_than_both_of_two_organizations_say()
    {
        var person = Person(Authenticator, Clinic(UsersChoose)) with { HomeOrganization = Clinic(UsersChoose) with { RememberDays = 3, ChangedAt = Noon.AddHours(1) } };

        Assert.Equal(TimeSpan.FromDays(3), SecondFactorRules.RememberedFor(person, Policy(), Noon));
        Assert.False(SecondFactorRules.IsRemembered(Noon, Noon, person, Policy(), Noon.AddHours(2)));
        Assert.True(SecondFactorRules.IsRemembered(Noon.AddHours(1), Noon, person, Policy(), Noon.AddHours(2)));
    }

    private static IEnumerable<FactorKinds> EverySet() => Enumerable.Range(0, (int)AllKinds + 1).Select(set => (FactorKinds)set);

    private static SecondFactorDemand Decide(SecondFactorFacts person) => SecondFactorRules.Decide(person, Policy(), Noon);

    private static SecondFactorFacts Person(FactorKinds enrolled, OrganizationSecondFactor? organization) =>
        new(Roles.Standard, RequiredForAccount: false, enrolled, organization);

    private static OrganizationSecondFactor Clinic(OrganizationMethod method) => new(method, RememberDays: 30, From: Noon, ChangedAt: Noon);

    private static SecondFactorPolicy Policy(SecondFactorScope scope = ByOrganization) =>
        new() { Scope = scope, Allowed = AllKinds, MayBeRemembered = true };
}
