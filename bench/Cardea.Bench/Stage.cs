using System.Collections.Concurrent;

namespace Cardea.Bench;

/// <summary>A fixed number of people, each signing in as soon as their last sign-in is done.</summary>
internal static class Stage
{
    /// <summary>Everybody once: a code from an app is good for one sign-in, and the next comes half a minute later.</summary>
    public static SignInFigures RunOnce(ServerProcess server, ReadOnlySpan<Credentials> everybody, int people)
    {
        var tally = new Tally(server);
        var waiting = new ConcurrentQueue<Credentials>(everybody.ToArray());
        Thread[] seats = [.. Enumerable.Range(0, people).Select(_ => Seat.Take(SignInTheNext))];
        foreach (var seat in seats) { seat.Join(); }
        return tally.Figures(people);

        void SignInTheNext()
        {
            using var browser = new Browser(server.Address);
            var person = new Person(browser);
            while (waiting.TryDequeue(out var credentials)) { tally.SignIn(person, credentials); }
        }
    }

    public static SignInFigures Run(ServerProcess server, Credentials[] everybody, int people, TimeSpan duration)
    {
        var tally = new Tally(server);
        using var isOver = new ManualResetEventSlim();
        Thread[] seats = [.. Enumerable.Range(0, people).Select(seat => Seat.Take(() => SignInAgainAndAgain(seat)))];

        try
        {
            server.LeaveAlone(duration);
        }
        finally
        {
            isOver.Set();
            foreach (var seat in seats) { seat.Join(); }
        }

        return tally.Figures(people);

        void SignInAgainAndAgain(int seat)
        {
            using var browser = new Browser(server.Address);
            var person = new Person(browser);

            // Every seat goes round people of its own, so that nobody signs in twice at the same moment.
            for (var next = seat; !isOver.IsSet; next = next + people < everybody.Length ? next + people : seat)
            {
                var outcome = tally.SignIn(person, everybody[next]);
                if (outcome.Result is SignInResult.Busy) { isOver.Wait(outcome.RetryAfter); }
            }
        }
    }
}
