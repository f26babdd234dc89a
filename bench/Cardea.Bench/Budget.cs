namespace Cardea.Bench;

/// <summary>A promise about speed or size.</summary>
internal sealed record Budget(string Promise, double Measured, double Limit, bool IsLeast = false)
{
    public const string Product = "cardea";
    public const string Floor = "floor";

    public const int PeopleWhereThroughputCounts = 16;

    public bool IsMet => IsLeast ? Measured >= Limit : Measured <= Limit;

    /// <summary>All promises that a run can judge: none without the product, and one more with the floor.</summary>
    public static IEnumerable<Budget> Judge(Report report)
    {
        if (report.Of(Product) is not { } product) { yield break; }

        var crowd = AtFullThroughput(product);
        yield return new("server CPU per sign-in at 16 people, as a multiple of the hash", crowd.ServerCpu / report.HashMilliseconds, 1.5);
        if (report.Of(Floor) is { } floor)
        {
            var share = crowd.PerSecond / AtFullThroughput(floor).PerSecond;
            yield return new("sign-ins per second at 16 people, as a share of the floor's", share, 0.9, IsLeast: true);
        }

        SignInFigures[] all = [.. product.Stages, product.Storm.SignIns];
        if (product.WithCode is { } withCode)
        {
            all = [.. all, withCode];
            yield return new("server CPU of a code from an app at 16 people, ms", withCode.ServerCpu - crowd.ServerCpu, 2);
        }

        yield return new("storm: the signed-in person's p99, ms", product.Storm.Dashboard.P99, 30);
        yield return new("storm: the signed-in person's errors", product.Storm.DashboardErrors, 0);
        yield return new("sign-ins that ended in an error", all.Sum(figures => figures.Errors), 0);
        yield return new("slowest answer to a sign-in, s", all.Max(figures => figures.SlowestAnswer) / 1000, 10);
        yield return new("start until ready, s", product.ReadyAfterSeconds, 1.0);
        yield return new("memory when idle, MB", product.IdleMegabytes, 130);
        yield return new("first visit, kB", product.FirstVisit.Bytes / 1e3, 60);
        yield return new("first visit, of it script, kB", product.FirstVisit.ScriptBytes / 1e3, 10);
    }

    private static SignInFigures AtFullThroughput(ServerFigures figures) =>
        figures.Stages.First(stage => stage.People == PeopleWhereThroughputCounts);
}
