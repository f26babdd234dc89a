using Cardea.Rules.Agreements;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Agreements;

public class AgreementRulesTests
{
    private static readonly Guid First = new("0198c1de-0000-7000-8000-000000000001");
    private static readonly Guid Second = new("0198c1de-0000-7000-8000-000000000002");
    private static readonly TimeSpan Yearly = TimeSpan.FromDays(365);

    [Fact, Scenario("S2-05")]
    public void Nothing_is_due_before_a_version_is_published()
    {
        Assert.False(IsDue(published: null, accepted: null));
        Assert.False(IsDue(published: null, accepted: First, age: Yearly * 10));
    }

    [Fact, Scenario("S2-05", "I-02")]
    public void Who_never_accepted_must() => Assert.True(IsDue(published: First, accepted: null));

    [Fact, Scenario("S2-15", "I-03")]
    public void A_newly_published_version_asks_again()
    {
        Assert.False(IsDue(published: First, accepted: First));
        Assert.True(IsDue(published: Second, accepted: First));
    }

    [Fact, Scenario("S2-15", "I-03")]
    public void The_same_version_is_accepted_again_after_exactly_a_year()
    {
        Assert.False(IsDue(First, First, Yearly - Instant));
        Assert.True(IsDue(First, First, Yearly));
    }

    [Fact, Scenario("S2-15")]
    public void Where_no_renewal_is_asked_a_version_is_accepted_once()
    {
        Assert.False(AgreementRules.IsDue(First, First, Monday, every: null, Monday.AddYears(50)));
        Assert.True(AgreementRules.IsDue(Second, First, Monday, every: null, Monday));
    }

    [Fact, Scenario("S2-05")]
    public void An_acceptance_without_its_time_is_no_acceptance()
    {
        Assert.True(AgreementRules.IsDue(First, First, acceptedAt: null, Yearly, Monday));
        Assert.True(AgreementRules.IsDue(First, First, acceptedAt: null, every: null, Monday));
    }

    [Theory, Scenario("S2-05", "S2-06")]
    [InlineData(AgreementKind.User, false, true)]
    [InlineData(AgreementKind.User, true, true)]
    [InlineData(AgreementKind.Administrator, false, false)]
    [InlineData(AgreementKind.Administrator, true, true)]
    public void Everyone_needs_the_user_agreement_and_those_who_manage_people_both(AgreementKind kind, bool managesPeople, bool needs) =>
        Assert.Equal(needs, AgreementRules.Needs(kind, managesPeople));

    private static bool IsDue(Guid? published, Guid? accepted, TimeSpan age = default) =>
        AgreementRules.IsDue(published, accepted, accepted is null ? null : Monday, Yearly, Monday + age);
}
