using Cardea.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Cardea.Tests.Hosting;

/// <summary>Background work goes on, whatever happens within a round.</summary>
public sealed class RoundsTests
{
    /// <summary>A time-out looks like being cancelled, but the server is not stopping.</summary>
    [Fact]
    public async Task A_timeout_within_a_round_does_not_end_the_rounds()
    {
        var clock = new FakeTimeProvider();
        var begun = new SemaphoreSlim(0);
        await using var services = new ServiceCollection().AddLogging().AddSingleton<Troubles>().AddSingleton(begun).AddScoped<TimingOut>().BuildServiceProvider();
        using var rounds = ActivatorUtilities.CreateInstance<Rounds<TimingOut>>(services, clock);
        await rounds.StartAsync(TestContext.Current.CancellationToken);

        for (var round = 1; round <= 3; round++)
        {
            while (!await begun.WaitAsync(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken))
            {
                Assert.False(rounds.ExecuteTask!.IsCompleted, $"The rounds ended with the {round}.");
                clock.Advance(TimingOut.Every);   // until the next delay has begun, which this one then ends
            }
        }

        await rounds.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class TimingOut(SemaphoreSlim begun) : IRound
    {
        public static TimeSpan Every => TimeSpan.FromSeconds(5);

        public static string Work => "Timing out";

        public Task RunAsync(CancellationToken cancellationToken)
        {
            begun.Release();
            throw new TaskCanceledException("A time-out of its own.");
        }
    }
}
