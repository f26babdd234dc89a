using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Cardea.Tests.Messages;

/// <summary>A clock that stands still until it is moved, and tells when somebody has begun to wait: only then has moving it an effect.</summary>
public sealed class WatchedClock() : FakeTimeProvider(CardeaApp.Start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    public async Task WhenSomebodyWaitsAsync(TimeSpan asLong)
    {
        while (await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken) != asLong)
        {
        }
    }
}
