using Cardea.Rules.SignIn;
using CsCheck;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.SignIn;

public class LockRulesTests
{
    private static readonly LockPolicy Policy = new();

    [Theory, Scenario("S0-07", "V6.3.1")]
    [InlineData(int.MinValue, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 3)]
    [InlineData(6, 6)]
    [InlineData(7, 12)]
    [InlineData(8, 24)]
    [InlineData(9, 30)]
    [InlineData(10, 30)]
    [InlineData(100, 30)]
    [InlineData(int.MaxValue, 30)]
    public void The_fifth_failure_locks_for_three_minutes_and_each_further_one_doubles_up_to_thirty(int failures, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), LockRules.LockAfter(failures, Policy));

    [Fact, Scenario("S0-07", "N-07")]
    public void A_hundred_failures_are_the_hard_stop() => Assert.Equal(100, Policy.HardStopAfter);

    /// <summary>Thirty minutes are the longest lock, and five by how much servers differ.</summary>
    [Theory, Scenario("S0-07")]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(35 * 60, true)]
    [InlineData((35 * 60) + 1, false)]
    public void A_lock_holds_until_it_ends_unless_no_clock_of_ours_can_have_made_it(int secondsLeft, bool holds) =>
        Assert.Equal(holds, LockRules.Holds(Monday.AddSeconds(secondsLeft), Policy, Monday));

    [Fact, Scenario("S0-07")]
    public void Under_any_policy_one_more_failure_never_locks_shorter_and_never_longer_than_the_longest_lock()
    {
        var span = Gen.TimeSpan[TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650)];

        Gen.Select(Gen.Int[1, 20], span, span, Gen.Int[0, int.MaxValue - 1]).Sample((limit, first, longest, failures) =>
        {
            var policy = new LockPolicy { FailuresBeforeLock = limit, FirstLock = first, LongestLock = longest };
            var locked = LockRules.LockAfter(failures, policy);

            Assert.InRange(locked, TimeSpan.Zero, longest);
            Assert.True(LockRules.LockAfter(failures + 1, policy) >= locked);
            Assert.Equal(failures >= limit, locked > TimeSpan.Zero);
        });
    }

    [Theory, Scenario("S0-07")]
    [InlineData("00:03:00", 3)]
    [InlineData("00:02:59.999999", 3)]
    [InlineData("00:02:00.000001", 3)]
    [InlineData("00:02:00", 2)]
    [InlineData("00:00:01", 1)]
    [InlineData("00:00:00", 1)]
    [InlineData("-00:05:00", 1)]
    public void Waiting_the_minutes_that_are_shown_is_enough_and_they_are_never_zero(string left, int minutes) =>
        Assert.Equal(minutes, LockRules.WholeMinutesLeft(Monday + TimeSpan.Parse(left, null), Monday));
}
