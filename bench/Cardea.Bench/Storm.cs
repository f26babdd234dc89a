using System.Diagnostics;
using System.Net.Sockets;

namespace Cardea.Bench;

/// <summary>What came of the storm.</summary>
/// <param name="Dashboard">How long the signed-in person waited for My Dashboard, in milliseconds.</param>
internal sealed record StormFigures(SignInFigures SignIns, int DashboardLoads, int DashboardErrors, Latency Dashboard);

/// <summary>
/// Monday at 8:00: everybody signs in at the same moment, wave after wave, while one person who is already signed in goes on working.
/// </summary>
internal static class Storm
{
    public const int People = 200;

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    public static StormFigures Run(ServerProcess server, Credentials[] everybody, TimeSpan duration)
    {
        using var browser = new Browser(server.Address);
        var worker = new Person(browser);
        while (worker.SignIn(everybody[People]) is { Result: not SignInResult.SignedIn } refused)
        {
            if (refused.Problem is { } problem) { throw new MeasurementFailed($"The person who goes on working cannot sign in: {problem}."); }
            server.LeaveAlone(refused.RetryAfter);
        }

        var loads = new List<double>();
        var errors = 0;
        var tally = new Tally(server);
        var began = Stopwatch.GetTimestamp();
        using var isOver = new ManualResetEventSlim();
        using var nextWave = new Barrier(People, _ => { if (Stopwatch.GetElapsedTime(began) > duration) { isOver.Set(); } });

        Thread[] seats = [.. everybody.Take(People).Select(credentials => Seat.Take(() => SignInWithEveryWave(credentials))), Seat.Take(KeepWorking)];
        foreach (var seat in seats) { seat.Join(); }
        return new(tally.Figures(People), loads.Count, errors, Latency.Of(loads));

        void SignInWithEveryWave(Credentials credentials)
        {
            using var browser = new Browser(server.Address);
            var person = new Person(browser);
            while (true)
            {
                nextWave.SignalAndWait();
                if (isOver.IsSet) { return; }
                tally.SignIn(person, credentials);
            }
        }

        void KeepWorking()
        {
            for (var due = Stopwatch.GetTimestamp(); !isOver.IsSet; due += s_pace.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond)
            {
                // A load that is late because the one before took too long counts from when it was due: that wait is real too.
                var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (wait > TimeSpan.Zero && isOver.Wait(wait)) { return; }

                var asked = wait > TimeSpan.Zero ? Stopwatch.GetTimestamp() : due;
                if (!LoadsDashboard()) { errors++; }
                loads.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        }

        bool LoadsDashboard()
        {
            try
            {
                return worker.OpensDashboard();
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                return false;
            }
        }
    }
}
