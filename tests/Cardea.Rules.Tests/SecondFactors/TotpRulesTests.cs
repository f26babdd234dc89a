using Cardea.Rules.SecondFactors;
using Xunit;

namespace Cardea.Rules.Tests.SecondFactors;

[Scenario("S0-10")]
public class TotpRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly long Current = TotpRules.StepAt(Noon);

    [Theory, Scenario("V6.5.5")]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(-2, false)]
    [InlineData(1, false)]
    public void The_running_step_is_accepted_and_the_one_before(int offset, bool accepted) =>
        Assert.Equal(accepted, TotpRules.Decide([Current + offset], lastUsed: null, Noon) is TotpVerdict.Right(var step) && step == Current + offset);

    [Theory, Scenario("V6.5.5")]
    [InlineData(0, 0)]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    public void A_step_takes_thirty_seconds(int seconds, int stepsLater) => Assert.Equal(Current + stepsLater, TotpRules.StepAt(Noon.AddSeconds(seconds)));

    [Theory, Scenario("A-03", "V6.5.1")]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]    // the older one after the newer
    [InlineData(-1, -1)]
    public void Each_step_is_accepted_once_and_none_before_it(int typed, int lastUsed) =>
        Assert.IsType<TotpVerdict.Used>(TotpRules.Decide([Current + typed], Current + lastUsed, Noon));

    [Fact]
    public void The_next_step_after_the_last_one_used_is_right() =>
        Assert.Equal(new TotpVerdict.Right(Current), TotpRules.Decide([Current], Current - 1, Noon));

    [Theory, Scenario("S0-11")]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(6, 3)]
    [InlineData(20, 10)]
    [InlineData(-2, -1)]
    [InlineData(-20, -10)]
    public void A_clock_that_is_off_is_told_so_and_by_how_much(int steps, int minutes) =>
        Assert.Equal(new TotpVerdict.ClockIsOff(minutes), TotpRules.Decide([Current + steps], lastUsed: null, Noon));

    [Fact, Scenario("S0-11")]
    public void The_hint_reaches_ten_minutes_to_both_sides()
    {
        var steps = TotpRules.StepsToLookAt(Noon).ToList();

        Assert.Equal((Current - 20, Current + 20, 41), (steps.Min(), steps.Max(), steps.Distinct().Count()));
    }

    [Fact]
    public void What_is_right_at_no_time_is_wrong() => Assert.IsType<TotpVerdict.Wrong>(TotpRules.Decide([], lastUsed: null, Noon));
}
