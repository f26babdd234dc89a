using System.CommandLine;
using System.Globalization;
using Cardea.Bench;
using Cardea.Bench.Lifecycle;
using Cardea.Bench.People;
using Cardea.Bench.Profile;

const int AllMet = 0, SomeMissed = 1, NoFigures = 2;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var server = new Option<FileInfo>("--server") { Description = "The published product: its executable \"cardea\", or \"cardea.dll\"." };
server.AcceptExistingOnly();
var postgres = new Option<string?>("--postgres")
{
    Description = "Connection string of an empty PostgreSQL database for the product. SQLite otherwise.",
};
var floor = new Option<bool>("--floor") { Description = "Also measure a bare server that does no more than it must." };
var seconds = new Option<int>("--seconds") { Description = "How long a stage lasts.", DefaultValueFactory = _ => 10 };
var data = new Option<DirectoryInfo>("--data")
{
    Description = "Where databases and logs go while it runs: on a real disk, for a commit in memory costs nothing.",
    DefaultValueFactory = _ => new("artifacts/bench"),
};
var json = new Option<FileInfo?>("--json") { Description = "Also write all figures to this file." };

var bench = new RootCommand("Measures whole sign-ins at a real server process, and says which budgets are met.")
{
    server, postgres, floor, seconds, data, json,
};
bench.Validators.Add(result =>
{
    if (result.GetValue(server) is null && !result.GetValue(floor)) { result.AddError("Nothing to measure: give --server, --floor or both."); }
});
bench.SetAction(MeasureAsync);

var floorServer = new Command("floor-server", "Is the bare server. Started by the bench itself.") { Hidden = true };
floorServer.SetAction(_ => FloorServer.RunAsync());
bench.Subcommands.Add(floorServer);

var profile = new Command("profile", "Writes down which methods a start and a sign-in use: what to compile ahead of time.");
var to = new Option<FileInfo>("--out") { Description = "The file for crossgen2 (.mibc).", Required = true };
profile.Options.Add(server);
profile.Options.Add(data);
profile.Options.Add(to);
profile.SetAction(WriteProfileAsync);
bench.Subcommands.Add(profile);

var sizes = new Option<int[]>("--accounts")
{
    Description = "How many accounts there are, in hundreds; several sizes are compared.",
    DefaultValueFactory = _ => [1_000, 10_000, 100_000, 1_000_000],
    AllowMultipleArgumentsPerToken = true,
};
var emptyPostgres = new Option<string?>("--postgres")
{
    Description = "Connection string of an empty PostgreSQL database with {0} in its name for the number of accounts. SQLite otherwise.",
};
var lifecycle = new Command("lifecycle", "Measures what the product does every hour, in small registries and large ones.");
lifecycle.Options.Add(server);
lifecycle.Options.Add(emptyPostgres);
lifecycle.Options.Add(data);
lifecycle.Options.Add(sizes);
lifecycle.SetAction(MeasureJobsAsync);
bench.Subcommands.Add(lifecycle);

var howMany = new Option<int>("--accounts") { Description = "How many accounts there are, in hundreds.", DefaultValueFactory = _ => 100_000 };
var console = new Command("console", "Measures how soon the list of people answers.");
console.Options.Add(server);
console.Options.Add(postgres);
console.Options.Add(data);
console.Options.Add(howMany);
console.SetAction(MeasureConsoleAsync);
bench.Subcommands.Add(console);

var commandLine = bench.Parse(args);
var exitCode = await commandLine.InvokeAsync();
return commandLine.Errors.Count > 0 ? NoFigures : exitCode;

async Task<int> MeasureAsync(ParseResult given)
{
    // It stays behind, for its logs, when there are no figures.
    var directory = given.GetValue(data)!.CreateSubdirectory(Path.GetRandomFileName());
    var people = Seeding.People(2 * Storm.People);
    var contestants = new List<Contestant>();
    if (given.GetValue(floor))
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, "cardea-bench"), "floor-server"];
        contestants.Add(new(Budget.Floor, command, AppContext.BaseDirectory, directory.CreateSubdirectory(Budget.Floor).FullName));
    }

    if (given.GetValue(server) is { } program)
    {
        var product = Product(program, directory, given.GetValue(postgres)) with { PeopleWithApp = Seeding.PeopleWithApp(2 * Storm.People) };
        await Seeding.RunAsync(product, people);
        contestants.Add(product);
    }

    try
    {
        var report = Comparison.Run(contestants, people, TimeSpan.FromSeconds(given.GetValue(seconds)));
        directory.Delete(recursive: true);
        report.WriteTables(Console.Out);
        if (given.GetValue(json) is { } file) { report.WriteJson(file.FullName); }
        return report.Budgets.All(budget => budget.IsMet) ? AllMet : SomeMissed;
    }
    catch (MeasurementFailed failure)
    {
        Console.Error.WriteLine(failure.Message);
        return NoFigures;
    }
}

async Task<int> WriteProfileAsync(ParseResult given)
{
    var directory = given.GetValue(data)!.CreateSubdirectory(Path.GetRandomFileName());
    var product = Product(given.GetRequiredValue(server), directory) with { PeopleWithApp = Seeding.PeopleWithApp(Recording.Starts) };
    var people = Seeding.People(2);
    await Seeding.RunAsync(product, people);

    try
    {
        using var known = new KnownTypes();
        var profile = new ProfileFile(known);
        foreach (var method in Recording.Of(product, people)) { profile.Add(method); }
        foreach (var assembly in Recording.WholeAssemblies) { profile.AddAllOf(assembly); }
        profile.Save(given.GetRequiredValue(to).FullName);
        directory.Delete(recursive: true);
        return AllMet;
    }
    catch (MeasurementFailed failure)
    {
        Console.Error.WriteLine(failure.Message);
        return NoFigures;
    }
}

async Task<int> MeasureJobsAsync(ParseResult given)
{
    var directory = given.GetValue(data)!.CreateSubdirectory(Path.GetRandomFileName());
    try
    {
        var figures = await LifecycleBench.RunAsync(ProductWith, given.GetValue(sizes)!.Order());
        LifecycleBench.WriteTable(figures, Console.Out);
        var budgets = LifecycleBench.Judge(figures).ToList();
        Report.WriteBudgets(budgets, Console.Out);
        return budgets.All(budget => budget.IsMet) ? AllMet : SomeMissed;
    }
    catch (MeasurementFailed failure)
    {
        Console.Error.WriteLine(failure.Message);
        return NoFigures;
    }
    finally
    {
        directory.Delete(recursive: true);
    }

    Contestant ProductWith(int accounts) => Product(
        given.GetRequiredValue(server),
        directory.CreateSubdirectory($"{accounts}"),
        given.GetValue(emptyPostgres)?.Replace("{0}", $"{accounts}", StringComparison.Ordinal));
}

async Task<int> MeasureConsoleAsync(ParseResult given)
{
    var directory = given.GetValue(data)!.CreateSubdirectory(Path.GetRandomFileName());
    try
    {
        var figures = await ConsoleBench.RunAsync(Product(given.GetRequiredValue(server), directory, given.GetValue(postgres)), given.GetValue(howMany));
        ConsoleBench.WriteTable(figures, Console.Out);
        var budgets = ConsoleBench.Judge(figures).ToList();
        Report.WriteBudgets(budgets, Console.Out);
        directory.Delete(recursive: true);
        return budgets.All(budget => budget.IsMet) ? AllMet : SomeMissed;
    }
    catch (MeasurementFailed failure)
    {
        Console.Error.WriteLine(failure.Message);
        return NoFigures;
    }
}

static Contestant Product(FileInfo program, DirectoryInfo directory, string? postgresConnection = null)
{
    string[] command = program.Extension == ".dll" ? ["dotnet", program.FullName] : [program.FullName];
    return new(Budget.Product, command, program.DirectoryName!, directory.CreateSubdirectory(Budget.Product).FullName, postgresConnection);
}
