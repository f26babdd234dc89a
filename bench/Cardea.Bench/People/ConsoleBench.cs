using System.Diagnostics;
using System.Globalization;
using Cardea.Features.People;
using Cardea.Rules.Permissions;

namespace Cardea.Bench.People;

/// <summary>How long one page of the console took, in milliseconds.</summary>
internal sealed record PageFigures(string Page, Latency Latency);

/// <summary>How soon the list of people answers, however many there are: as a browser asks for it, page and all.</summary>
internal static class ConsoleBench
{
    private const int Loads = 25;
    private const double MostMilliseconds = 50;

    public static async Task<IReadOnlyList<PageFigures>> RunAsync(Contestant product, int accounts)
    {
        var desk = Seeding.PeopleWithApp(1)[0] with { Roles = Roles.HelpDesk };
        Console.Error.WriteLine($"{accounts} accounts: filling the database");
        await Seeding.RunAsync(product, [desk]);
        await ManyPeople.WriteAsync(product, accounts);

        Console.Error.WriteLine($"{accounts} accounts: asking for pages");
        using var server = ServerProcess.Start(product);
        using var browser = new Browser(server.Address);
        var outcome = new Person(browser).SignIn(desk);
        if (outcome.Result is not SignInResult.SignedIn) { throw new MeasurementFailed($"The help desk does not get in: {outcome.Problem}"); }

        return [.. Pages(accounts).Select(page => Measure(browser, page))];
    }

    public static void WriteTable(IReadOnlyList<PageFigures> figures, TextWriter to)
    {
        to.WriteLine("\nPage                                                  p50     p95  longest");
        foreach (var one in figures) { to.WriteLine($"{one.Page,-48}{one.Latency.P50,9:0.0}{one.Latency.P95,8:0.0}{one.Latency.Longest,9:0.0}"); }
    }

    public static IEnumerable<Budget> Judge(IReadOnlyList<PageFigures> figures) =>
        figures.Select(one => new Budget($"{one.Page}: p95, ms", one.Latency.P95, MostMilliseconds));

    private static IEnumerable<string> Pages(int accounts)
    {
        var lastOrganization = string.Create(CultureInfo.InvariantCulture, $"LAKE{accounts / ManyPeople.PeoplePerOrganization}");
        string[] searched = ["nguyen", "nguyen-flores am", "am", "a", string.Create(CultureInfo.InvariantCulture, $"person{accounts / 2}"), "person", lastOrganization, "LAKE", "nobody at all"];
        return
        [
            IndexModel.Path,
            .. Enum.GetValues<PeopleOrder>().Skip(1).Select(order => $"{IndexModel.Path}?order={order}"),
            .. Enum.GetValues<PeopleFilter>().Skip(1).Select(filter => $"{IndexModel.Path}?filter={filter}"),
            .. searched.Select(text => $"{IndexModel.Path}?search={Uri.EscapeDataString(text)}"),
            $"{IndexModel.Path}?search=nguyen&filter=Inactive",
        ];
    }

    private static PageFigures Measure(Browser browser, string page)
    {
        Load();   // planned and compiled
        Load();
        return new(page, Latency.Of(Enumerable.Range(0, Loads).Select(_ => Load()).ToList()));

        double Load()
        {
            var began = Stopwatch.GetTimestamp();
            var answer = browser.Get(page);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            return answer.Status == 200 ? took : throw new MeasurementFailed($"{page} was answered with status {answer.Status}.");
        }
    }
}
