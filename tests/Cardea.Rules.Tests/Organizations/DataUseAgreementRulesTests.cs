using Cardea.Rules.Organizations;
using Xunit;

namespace Cardea.Rules.Tests.Organizations;

public sealed class DataUseAgreementRulesTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData(null, DataUseAgreementState.Open)]
    [InlineData(-1, DataUseAgreementState.IsOver)]
    [InlineData(0, DataUseAgreementState.EndsSoon)]   // it holds until tonight
    [InlineData(60, DataUseAgreementState.EndsSoon)]
    [InlineData(61, DataUseAgreementState.Runs)]
    public void An_agreement_holds_until_the_end_of_its_last_day(int? daysFromNow, DataUseAgreementState state) =>
        Assert.Equal(state, DataUseAgreementRules.Decide(daysFromNow is { } days ? Today.AddDays(days) : null, Today, noticeDays: 60));

    [Fact]
    public void There_is_a_last_day_to_look_at_on_every_day_of_the_calendar() =>
        Assert.Equal(DateOnly.MaxValue, DataUseAgreementRules.LatestToTellOf(DateOnly.MaxValue, 60));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(0, null, true)]
    [InlineData(null, 0, true)]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(1, 0, false)]
    public void The_last_day_is_not_before_the_first(int? first, int? last, bool areInOrder) =>
        Assert.Equal(areInOrder, DataUseAgreementRules.AreInOrder(Day(first), Day(last)));

    private static DateOnly? Day(int? days) => days is { } number ? Today.AddDays(number) : null;
}
