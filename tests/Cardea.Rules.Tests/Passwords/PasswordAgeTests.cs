using Cardea.Rules.Lifecycle;
using Cardea.Rules.Passwords;
using CsCheck;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Passwords;

public class PasswordAgeTests
{
    private static readonly PasswordFacts
        Own = new(Monday, IsTemporary: false, IsCompromised: false),
        Temporary = Own with { IsTemporary = true };

    private static readonly TimeSpan SixtyDays = TimeSpan.FromDays(60);
    private static readonly TimeSpan SeventyTwoHours = TimeSpan.FromHours(72);

    [Fact, Scenario("S2-16", "S2-17")]
    public void A_password_expires_after_exactly_sixty_days()
    {
        Assert.Equal(PasswordDue.Nothing, Due(SixtyDays - Instant));
        Assert.Equal(PasswordDue.ReplaceExpired, Due(SixtyDays));
    }

    [Fact, Scenario("S2-03", "V6.4.1")]
    public void A_temporary_password_must_be_replaced_and_opens_nothing_after_seventy_two_hours()
    {
        Assert.Equal(PasswordDue.ReplaceTemporary, Due(TimeSpan.Zero, isTemporary: true));
        Assert.Equal(PasswordDue.ReplaceTemporary, Due(SeventyTwoHours - Instant, isTemporary: true));
        Assert.Equal(PasswordDue.TemporaryTooOld, Due(SeventyTwoHours, isTemporary: true));
        Assert.Equal(PasswordDue.TemporaryTooOld, Due(SixtyDays, isTemporary: true));
    }

    [Fact, Scenario("V6.2.10", "K-03")]
    public void Where_passwords_do_not_expire_a_year_changes_nothing() =>
        Assert.Equal(PasswordDue.Nothing, PasswordRules.Due(Own, Policies.Nist, Monday.AddDays(400)));

    [Fact, Scenario("S2-03")]
    public void A_temporary_password_dies_also_where_passwords_do_not_expire() =>
        Assert.Equal(PasswordDue.TemporaryTooOld, PasswordRules.Due(Temporary, Policies.Nist, Monday + SeventyTwoHours));

    /// <summary>Whatever the policy says of age: of a temporary one it says more.</summary>
    [Theory, Scenario("N-04", "X-03")]
    [InlineData(false, 0, PasswordDue.ReplaceCompromised)]
    [InlineData(false, 59, PasswordDue.ReplaceCompromised)]
    [InlineData(false, 60, PasswordDue.ReplaceCompromised)]
    [InlineData(true, 0, PasswordDue.ReplaceTemporary)]
    [InlineData(true, 3, PasswordDue.TemporaryTooOld)]
    public void A_compromised_password_must_be_replaced_in_every_preset(bool isTemporary, int days, PasswordDue due)
    {
        var facts = Own with { IsTemporary = isTemporary, IsCompromised = true };

        Assert.All(
            (PasswordPolicy[])[Policies.Miic, Policies.Nist],
            policy => Assert.Equal(due, PasswordRules.Due(facts, policy, Monday.AddDays(days))));
    }

    [Fact, Scenario("S0-19")]
    public void A_clock_that_was_set_back_expires_nothing() => Assert.Equal(PasswordDue.Nothing, Due(TimeSpan.FromDays(-1)));

    [Fact, Scenario("S2-16")]
    public void The_expiry_that_is_announced_is_the_expiry_that_is_enforced() =>
        Gen.Select(Gen.TimeSpan[TimeSpan.FromDays(1), TimeSpan.FromDays(400)], Gen.TimeSpan[TimeSpan.Zero, TimeSpan.FromDays(800)])
            .Sample((expiresAfter, age) =>
            {
                var policy = Policies.Miic with { ExpiresAfter = expiresAfter };
                var hasExpired = PasswordRules.Due(Own, policy, Monday + age) is PasswordDue.ReplaceExpired;
                var announced = DueSoonRules.Within(TimeSpan.FromDays(500), Monday, null, null, null, null, null, Monday, expiresAfter).Single().At;

                Assert.Equal(Monday + age >= announced, hasExpired);
            });

    private static PasswordDue Due(TimeSpan age, bool isTemporary = false) =>
        PasswordRules.Due(isTemporary ? Temporary : Own, Policies.Miic, Monday + age);
}
