using Cardea.Rules.Lifecycle;
using CsCheck;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Lifecycle;

[Scenario("S2-16", "S2-18")]
public class NoticeRulesTests
{
    private static readonly TimeSpan Before = TimeSpan.FromDays(10);
    private static readonly TimeSpan NinetyDays = TimeSpan.FromDays(90);

    [Theory]
    [InlineData(60, 50)]
    [InlineData(90, 80)]
    public void The_notice_is_due_ten_days_before(int after, int told) =>
        Assert.Equal(Monday.AddDays(-told), NoticeRules.TellAbout(TimeSpan.FromDays(after), Before, Monday));

    [Fact]
    public void Told_in_time_an_account_becomes_inactive_on_the_day() =>
        Assert.Equal(Monday.AddDays(90), NoticeRules.InactiveAt(Monday, toldAt: Monday.AddDays(80), NinetyDays, Before));

    [Fact]
    public void Told_late_it_has_its_ten_days_all_the_same() =>
        Assert.Equal(Monday.AddDays(210), NoticeRules.InactiveAt(Monday, toldAt: Monday.AddDays(200), NinetyDays, Before));

    /// <summary>Whenever the notice came: never before ninety days without use, never before ten days of warning, and no later than needed.</summary>
    [Fact]
    public void Nobody_loses_a_day_and_nobody_gains_one() =>
        Gen.Int[0, 1000].Sample(told =>
        {
            var at = NoticeRules.InactiveAt(Monday, Monday.AddDays(told), NinetyDays, Before);
            Assert.True(at >= Monday + NinetyDays && at >= Monday.AddDays(told) + Before);
            Assert.True(at == Monday + NinetyDays || at == Monday.AddDays(told) + Before);
        });
}
