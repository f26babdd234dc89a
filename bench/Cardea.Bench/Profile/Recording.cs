namespace Cardea.Bench.Profile;

/// <summary>
/// Finds out which methods a start and a sign-in use: a program without machine code compiles each method right before its first use, and the
/// runtime can be asked to write down which.
/// </summary>
internal static class Recording
{
    /// <summary>What the recording cannot reach, and should not be slow all the same: the next pages, and the other database.</summary>
    public static readonly string[] WholeAssemblies = ["cardea", "Cardea.Rules", "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL"];

    public const int Starts = 2;   // the first makes the keys, the second reads them

    public static IEnumerable<UsedMethod> Of(Contestant product, Credentials[] people)
    {
        var list = Path.Combine(product.Data, "methods.txt");
        var recorded = product with
        {
            Environment = new()
            {
                ["DOTNET_ReadyToRun"] = "0",       // as if nothing had been compiled ahead, in .NET itself neither
                ["DOTNET_TieredPGO"] = "0",        // each method once, rather than also with counters in it
                ["DOTNET_JitStdOutFile"] = list,   // one for all starts
                ["DOTNET_JitDisasmSummary"] = "1",
                ["DOTNET_PerfMapEnabled"] = "3",   // one for each start
                ["DOTNET_PerfMapJitDumpPath"] = product.Data,
            },
        };
        for (var start = 0; start < Starts; start++)
        {
            using var server = ServerProcess.Start(recorded);
            Use(server, [.. people, product.PeopleWithApp[start]]);   // another one each time: a code is good for one sign-in
        }

        var maps = Directory.EnumerateFiles(product.Data, "perf-*.map");
        return File.ReadLines(list).Select(UsedMethod.ReadCompiled).Concat(maps.SelectMany(File.ReadLines).Select(UsedMethod.ReadMapped)).OfType<UsedMethod>();
    }

    private static void Use(ServerProcess server, Credentials[] people)
    {
        _ = FirstVisit.Measure(server);
        using var browser = new Browser(server.Address);
        var person = new Person(browser);
        foreach (var credentials in people)
        {
            _ = person.SignIn(credentials with { Password = "a slip of the pen" });
            if (person.SignIn(credentials) is { Problem: { } problem }) { throw new MeasurementFailed($"Nobody can sign in: {problem}."); }
        }
    }
}
