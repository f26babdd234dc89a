using Cardea.Rules.SecondFactors;
using Xunit;

namespace Cardea.Rules.Tests.SecondFactors;

/// <summary>What an administrator does not decide alone.</summary>
[Scenario("S1-01")]
public class LoosenedSettingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(OrganizationMethod.Emails, 7, null, 0, true)]
    [InlineData(OrganizationMethod.Emails, 7, OrganizationMethod.Emails, 8, true)]
    [InlineData(OrganizationMethod.Emails, 0, OrganizationMethod.Emails, 3, true)]
    [InlineData(OrganizationMethod.Texts, 7, OrganizationMethod.Emails, 7, true)]
    [InlineData(OrganizationMethod.Texts, 7, OrganizationMethod.UsersChoose, 7, true)]
    [InlineData(OrganizationMethod.Emails, 7, OrganizationMethod.Emails, 7, false)]
    [InlineData(OrganizationMethod.Emails, 7, OrganizationMethod.Emails, 3, false)]
    [InlineData(OrganizationMethod.Emails, 7, OrganizationMethod.Texts, 7, false)]
    [InlineData(OrganizationMethod.UsersChoose, 7, OrganizationMethod.Emails, 0, false)]
    public void Off_weaker_and_longer_remembered_is_less(OrganizationMethod before, int days, OrganizationMethod? wished, int wishedDays, bool loosens) =>
        Assert.Equal(loosens, new OrganizationFactorWish(wished, wishedDays).Loosens(new(before, days, From: Now.AddDays(-1), ChangedAt: Now.AddDays(-1)), Now, Now));

    [Theory]
    [InlineData(-1, 1, true)]    // it is in force, and would stop until tomorrow
    [InlineData(-1, 0, false)]
    [InlineData(5, 6, true)]
    [InlineData(5, 3, false)]
    public void Later_is_less(int before, int wished, bool loosens) =>
        Assert.Equal(loosens, new OrganizationFactorWish(OrganizationMethod.Emails, 7).Loosens(new(OrganizationMethod.Emails, 7, Now.AddDays(before), Now.AddDays(-9)), Now.AddDays(wished), Now));

    [Fact]
    public void Where_nothing_was_asked_nothing_is_less() => Assert.False(new OrganizationFactorWish(null, 0).Loosens(current: null, Now, Now));
}
