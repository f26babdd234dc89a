using System.Diagnostics;

namespace Cardea.Bench;

/// <summary>Everything measured of one server.</summary>
/// <param name="WithCode">Sign-ins with a second factor, as many at a time as where throughput counts; null where the server knows none.</param>
internal sealed record ServerFigures(
    string Name, double ReadyAfterSeconds, double FirstPageAfterSeconds, double IdleMegabytes, double BusyMegabytes, FirstVisit FirstVisit,
    IReadOnlyList<SignInFigures> Stages, SignInFigures? WithCode, StormFigures Storm);

/// <summary>
/// Measures one or more servers in one run. They take turns, stage by stage, so that a slow minute of the machine hits them alike;
/// the one whose turn it is not sleeps.
/// </summary>
internal static class Comparison
{
    private const int Starts = 3;
    private const int PeopleAtWarmUp = 8;

    private static readonly int[] s_people = [1, 8, 16, Storm.People];
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    public static Report Run(IReadOnlyList<Contestant> contestants, Credentials[] everybody, TimeSpan stage)
    {
        var hash = new HashCost();
        var sheets = new List<Sheet>();
        try
        {
            foreach (var contestant in contestants) { sheets.Add(Open(contestant)); }

            foreach (var sheet in sheets)
            {
                Say($"{sheet.Contestant.Name}: warming up");
                var warmUp = Stage.Run(sheet.Server, everybody, PeopleAtWarmUp, stage / 2);
                if (warmUp.SignedIn == 0) { throw new MeasurementFailed($"Nobody can sign in at {sheet.Contestant.Name}: {warmUp.Problem}."); }
            }

            foreach (var people in s_people)
            {
                foreach (var sheet in sheets)
                {
                    Say($"{sheet.Contestant.Name}: {people} at a time");
                    Rest(sheet, hash);
                    sheet.Stages.Add(Stage.Run(sheet.Server, everybody, people, stage));
                }
            }

            foreach (var sheet in sheets.Where(sheet => sheet.Contestant.PeopleWithApp.Length > 0))
            {
                Say($"{sheet.Contestant.Name}: with a code");
                Rest(sheet, hash);
                var people = sheet.Contestant.PeopleWithApp.AsSpan();
                _ = Stage.RunOnce(sheet.Server, people[..Storm.People], Budget.PeopleWhereThroughputCounts);   // as long a warm-up as that without a code
                sheet.WithCode = Stage.RunOnce(sheet.Server, people[Storm.People..], Budget.PeopleWhereThroughputCounts);
            }

            foreach (var sheet in sheets)
            {
                Say($"{sheet.Contestant.Name}: the storm");
                Rest(sheet, hash);
                sheet.Storm = Storm.Run(sheet.Server, everybody, stage * 2);
                sheet.BusyMegabytes = sheet.Server.ResidentMegabytes;
            }

            return new(Environment.ProcessorCount, hash.Milliseconds, [.. sheets.Select(sheet => sheet.Figures())]);
        }
        finally
        {
            foreach (var sheet in sheets) { sheet.Server.Dispose(); }
        }
    }

    /// <summary>Starts a server a few times on the same database, keeps the last one, and looks at it before anybody signs in.</summary>
    private static Sheet Open(Contestant contestant)
    {
        Say($"{contestant.Name}: starting");
        using (ServerProcess.Start(contestant)) { /* The first start makes the database, and brings its files into memory. */ }

        var ready = new List<double>();
        var firstPage = new List<double>();
        ServerProcess? server = null;
        for (var i = 0; i < Starts; i++)
        {
            server?.Dispose();
            server = ServerProcess.Start(contestant);
            ready.Add(server.ReadyAfter.TotalSeconds);
            firstPage.Add(server.FirstPageAfter.TotalSeconds);
        }

        var firstVisit = FirstVisit.Measure(server!);
        server!.LeaveAlone(s_rest);
        return new(contestant, server, Latency.Of(ready).P50, Latency.Of(firstPage).P50, server.ResidentMegabytes, firstVisit);
    }

    private static void Rest(Sheet sheet, HashCost hash)
    {
        sheet.Server.LeaveAlone(s_rest);
        hash.Sample();
    }

    private static void Say(string what) => Console.Error.WriteLine(what);

    /// <summary>What is known of a server so far.</summary>
    private sealed record Sheet(
        Contestant Contestant, ServerProcess Server, double ReadyAfter, double FirstPageAfter, double IdleMegabytes, FirstVisit FirstVisit)
    {
        public List<SignInFigures> Stages { get; } = [];

        public SignInFigures? WithCode { get; set; }

        public StormFigures? Storm { get; set; }

        public double BusyMegabytes { get; set; }

        public ServerFigures Figures() => new(
            Contestant.Name, ReadyAfter, FirstPageAfter, IdleMegabytes, BusyMegabytes, FirstVisit, Stages, WithCode, Storm ?? throw new UnreachableException());
    }
}
