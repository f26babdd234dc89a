using Cardea.Rules.Lifecycle;
using CsCheck;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Lifecycle;

public class DueSoonRulesTests
{
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(30);
    private static readonly TimeSpan Yearly = TimeSpan.FromDays(365);
    private static readonly TimeSpan SixtyDays = TimeSpan.FromDays(60);

    [Fact, Scenario("S2-15", "S2-16")]
    public void What_comes_due_within_the_horizon_is_listed_soonest_first()
    {
        var dueSoon = Within(
            userAgreement: Monday.AddDays(20) - Yearly,
            administratorAgreement: Monday.AddDays(15) - Yearly,
            email: Monday.AddDays(25) - Yearly,
            password: Monday.AddDays(5) - SixtyDays);

        Assert.Equal(
            [
                new(DueSoonKind.Password, Monday.AddDays(5)),
                new(DueSoonKind.AdministratorAgreement, Monday.AddDays(15)),
                new(DueSoonKind.UserAgreement, Monday.AddDays(20)),
                new(DueSoonKind.EmailReconfirmation, Monday.AddDays(25)),
            ],
            dueSoon);
    }

    [Fact]
    public void What_comes_due_at_the_same_time_is_listed_in_the_order_of_the_journey() =>
        Assert.Equal(
            [DueSoonKind.UserAgreement, DueSoonKind.AdministratorAgreement, DueSoonKind.EmailReconfirmation, DueSoonKind.Password],
            Within(Monday - Yearly, Monday - Yearly, Monday - Yearly, Monday - SixtyDays).Select(due => due.Kind));

    [Fact]
    public void The_horizon_itself_is_included_and_what_lies_beyond_is_not()
    {
        Assert.Single(Within(password: Monday + Horizon - SixtyDays));
        Assert.Empty(Within(password: Monday + Horizon + Instant - SixtyDays));
    }

    [Fact, Scenario("X-03")]
    public void What_fell_due_during_the_session_is_still_listed() =>
        Assert.Equal([new(DueSoonKind.Password, Monday.AddHours(-1))], Within(password: Monday.AddHours(-1) - SixtyDays));

    [Fact]
    public void A_fact_that_is_missing_is_not_due_soon_but_the_business_of_the_journey() => Assert.Empty(Within(password: Monday));

    [Fact]
    public void What_never_has_to_be_renewed_is_never_due() =>
        Assert.Empty(DueSoonRules.Within(
            Horizon, Monday, Monday - Yearly, Monday - Yearly, agreementEvery: null, Monday - Yearly, emailEvery: null, Monday - Yearly, passwordExpiresAfter: null));

    [Fact, Scenario("S2-15", "S2-16")]
    public void The_list_is_sorted_within_the_horizon_and_true_to_its_facts()
    {
        var past = Gen.TimeSpan[TimeSpan.Zero, Yearly * 2].Select(age => Monday - age);

        Gen.Select(past, past, past, past).Sample((user, administrator, email, password) =>
        {
            var dueSoon = Within(user, administrator, email, password);
            DateTimeOffset[] all = [user + Yearly, administrator + Yearly, email + Yearly, password + SixtyDays];

            Assert.Equal(all.Where(at => at <= Monday + Horizon).Order(), dueSoon.Select(due => due.At));
        });
    }

    private static IReadOnlyList<DueSoon> Within(
        DateTimeOffset? userAgreement = null, DateTimeOffset? administratorAgreement = null, DateTimeOffset? email = null, DateTimeOffset? password = null) =>
        DueSoonRules.Within(
            Horizon, Monday, userAgreement, administratorAgreement, Yearly, email, Yearly, password ?? Monday, SixtyDays);
}
