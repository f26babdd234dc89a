using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cardea.Bench;

/// <summary>The figures of a run, for people and for programs.</summary>
internal sealed record Report(int Cores, double HashMilliseconds, IReadOnlyList<ServerFigures> Servers)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,   // nobody got in: the CPU time per sign-in is infinite
    };

    public IReadOnlyList<Budget> Budgets => [.. Budget.Judge(this)];

    public ServerFigures? Of(string name) => Servers.FirstOrDefault(server => server.Name == name);

    public void WriteJson(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, s_json));

    public void WriteTables(TextWriter to)
    {
        to.WriteLine($"\n{Cores} cores, shared with the driver. One hash on an idle machine: {HashMilliseconds:0.00} ms of CPU time.");
        WriteSignIns(to);
        WriteWorkInTheStorm(to);
        WriteProcesses(to);
        if (Budgets.Count > 0) { WriteBudgets(Budgets, to); }
    }

    public static void WriteBudgets(IEnumerable<Budget> budgets, TextWriter to)
    {
        to.WriteLine("\nBudgets");
        foreach (var budget in budgets)
        {
            var limit = $"{(budget.IsLeast ? "≥" : "≤")} {budget.Limit:0.##}";
            to.WriteLine($"{(budget.IsMet ? "met" : "MISSED"),-8}{budget.Promise,-68}{budget.Measured,9:0.00}  {limit}");
        }
    }

    private void WriteSignIns(TextWriter to)
    {
        to.WriteLine("\nWhole sign-ins (ms)        people   per s     p50     p95     p99  longest    busy  errors  server CPU  × hash  driver CPU");
        foreach (var server in Servers)
        {
            foreach (var stage in server.Stages) { Write(server.Name, stage); }
            if (server.WithCode is { } withCode) { Write($"{server.Name}, with a code", withCode); }
            Write($"{server.Name}, the storm", server.Storm.SignIns);
        }

        void Write(string name, SignInFigures figures)
        {
            var time = figures.Milliseconds;
            to.WriteLine(
                $"{name,-26}{figures.People,7}{figures.PerSecond,8:0.0}{time.P50,8:0.0}{time.P95,8:0.0}{time.P99,8:0.0}{time.Longest,9:0.0}" +
                $"{figures.Busy,8}{figures.Errors,8}{figures.ServerCpu,12:0.00}{figures.ServerCpu / HashMilliseconds,8:0.00}{figures.DriverCpu,12:0.00}");
            if (figures.Problem is { } problem) { to.WriteLine($"    first error: {problem}"); }
        }
    }

    private void WriteWorkInTheStorm(TextWriter to)
    {
        to.WriteLine("\nDashboard in the storm (ms) loads     p50     p95     p99  longest  errors");
        foreach (var server in Servers)
        {
            var (storm, time) = (server.Storm, server.Storm.Dashboard);
            to.WriteLine(
                $"{server.Name,-26}{storm.DashboardLoads,7}{time.P50,8:0.0}{time.P95,8:0.0}{time.P99,8:0.0}{time.Longest,9:0.0}{storm.DashboardErrors,8}");
        }
    }

    private void WriteProcesses(TextWriter to)
    {
        to.WriteLine("\nProcess                    ready s  first page s  idle MB  busy MB  first visit kB  of it script kB");
        foreach (var server in Servers)
        {
            var visit = server.FirstVisit;
            to.WriteLine(
                $"{server.Name,-26}{server.ReadyAfterSeconds,8:0.00}{server.FirstPageAfterSeconds,14:0.00}{server.IdleMegabytes,9:0}" +
                $"{server.BusyMegabytes,9:0}{visit.Bytes / 1e3,16:0.0}{visit.ScriptBytes / 1e3,17:0.0}");
        }
    }
}
