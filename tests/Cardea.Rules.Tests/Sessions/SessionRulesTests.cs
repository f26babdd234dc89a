using Cardea.Rules.Sessions;
using CsCheck;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Sessions;

public class SessionRulesTests
{
    private static readonly SessionPolicy Policy = new()
    {
        Idle = TimeSpan.FromMinutes(30),
        Whole = TimeSpan.FromHours(12),
        WarnBefore = TimeSpan.FromMinutes(2),
    };

    [Fact, Scenario("V7.3.1", "N-13")]
    public void A_session_ends_after_exactly_thirty_minutes_without_a_request()
    {
        Assert.Equal(SessionState.Live, Decide(lastSeen: TimeSpan.Zero, now: TimeSpan.Zero));
        Assert.Equal(SessionState.Live, Decide(lastSeen: TimeSpan.Zero, now: Policy.Idle - Instant));
        Assert.Equal(SessionState.IdleTooLong, Decide(lastSeen: TimeSpan.Zero, now: Policy.Idle));
        Assert.Equal(SessionState.Live, Decide(lastSeen: TimeSpan.FromHours(1), now: TimeSpan.FromHours(1) + Policy.Idle - Instant));
    }

    [Fact, Scenario("V7.3.2", "N-13")]
    public void A_session_ends_after_exactly_twelve_hours_however_busy()
    {
        Assert.Equal(SessionState.Live, Decide(lastSeen: Policy.Whole - Instant, now: Policy.Whole - Instant));
        Assert.Equal(SessionState.TooOld, Decide(lastSeen: Policy.Whole - Instant, now: Policy.Whole));
    }

    /// <summary>Servers differ by seconds; a day means that a clock was set back.</summary>
    [Fact, Scenario("V7.3.2")]
    public void A_session_from_the_future_is_too_old()
    {
        Assert.Equal(SessionState.Live, Decide(lastSeen: TimeSpan.Zero, now: TimeSpan.FromMinutes(-5)));
        Assert.Equal(SessionState.TooOld, Decide(lastSeen: TimeSpan.Zero, now: TimeSpan.FromMinutes(-5) - Instant));
        Assert.Equal(SessionState.Live, Decide(lastSeen: TimeSpan.FromHours(1), now: TimeSpan.FromMinutes(55)));
        Assert.Equal(SessionState.TooOld, Decide(lastSeen: TimeSpan.FromHours(1), now: TimeSpan.FromMinutes(55) - Instant));
    }

    [Fact, Scenario("V7.3.1", "V7.3.2")]
    public void Of_two_limits_passed_the_first_one_is_the_reason()
    {
        Assert.Equal(SessionState.IdleTooLong, Decide(lastSeen: TimeSpan.FromHours(1), now: TimeSpan.FromHours(20)));
        Assert.Equal(SessionState.TooOld, Decide(lastSeen: TimeSpan.FromHours(11.75), now: TimeSpan.FromHours(20)));
        Assert.Equal(SessionState.TooOld, Decide(lastSeen: Policy.Whole - Policy.Idle, now: Policy.Whole));
    }

    [Fact, Scenario("V7.4.1", "V7.4.2")]
    public void A_session_that_was_ended_stays_ended_whatever_the_clock_says()
    {
        foreach (var now in (TimeSpan[])[-Policy.Whole, TimeSpan.Zero, Policy.Idle, Policy.Whole * 2])
        {
            Assert.Equal(SessionState.Ended, SessionRules.Decide(Monday, Monday, endedAt: Monday, Policy, Monday + now));
        }
    }

    [Fact, Scenario("V7.3.1", "V7.3.2", "S0-19")]
    public void A_session_is_live_exactly_until_the_end_that_is_announced()
    {
        var span = Gen.TimeSpan[TimeSpan.Zero, TimeSpan.FromHours(24)];

        Gen.Select(span, span, span, span).Where((lastSeen, now, _, _) => lastSeen <= now).Sample((lastSeen, now, idle, whole) =>
        {
            var policy = Policy with { Idle = idle, Whole = whole };
            var endsAt = SessionRules.EndsAt(Monday, Monday + lastSeen, policy);
            var state = SessionRules.Decide(Monday, Monday + lastSeen, endedAt: null, policy, Monday + now);

            Assert.Equal(Monday + now < endsAt, state is SessionState.Live);
            Assert.True(endsAt <= Monday + whole && endsAt <= Monday + lastSeen + idle);
            Assert.True(endsAt == Monday + whole || endsAt == Monday + lastSeen + idle);
        });
    }

    private static SessionState Decide(TimeSpan lastSeen, TimeSpan now) =>
        SessionRules.Decide(Monday, Monday + lastSeen, endedAt: null, Policy, Monday + now);
}
