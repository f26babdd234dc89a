using Microsoft.Extensions.Time.Testing;

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// A clock that stands still until it is moved. What is done every few seconds is done once after each move, as on a machine that slept: a week
/// in steps of ten seconds would be 60,000 looks at the database.
/// </summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => period > TimeSpan.Zero
        ? new OncePerMove(this, () => callback(state), dueTime, period)
        : base.CreateTimer(callback, state, dueTime, period);

    private sealed class OncePerMove : ITimer
    {
        private readonly ITimer _next;
        private TimeSpan _period;

        public OncePerMove(TestClock clock, Action act, TimeSpan dueTime, TimeSpan period)
        {
            _next = clock.CreateTimer(
                _ =>
                {
                    _next!.Change(_period, Timeout.InfiniteTimeSpan);   // counted from where the clock is now
                    act();
                },
                state: null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            return _next.Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => _next.Dispose();

        public ValueTask DisposeAsync() => _next.DisposeAsync();
    }
}
