using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cardea.Bench;

/// <summary>How to start one of the servers that are compared.</summary>
/// <param name="Data">The folder of its database and its log.</param>
/// <param name="PostgresConnection">Where the database is not a file.</param>
internal sealed record Contestant(string Name, string[] Command, string WorkingDirectory, string Data, string? PostgresConnection = null)
{
    /// <summary>Those who type a code, too; none where the server knows no second factor.</summary>
    public Credentials[] PeopleWithApp { get; init; } = [];

    /// <summary>What .NET itself is to do differently.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>As configuration keys.</summary>
    public Dictionary<string, string?> Settings => new() { ["Cardea:Data"] = Data, ["ConnectionStrings:Cardea"] = PostgresConnection };
}

/// <summary>A running server as the operating system sees it: a child process with its own log file.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _log;

    private ServerProcess(Process process, IPEndPoint address, string log)
    {
        (_process, Address, _log) = (process, address, log);
        AppDomain.CurrentDomain.ProcessExit += EndWithDriver;
    }

    public IPEndPoint Address { get; }

    /// <summary>From the start of the process until it says that it is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>From the start of the process until somebody sees the sign-in page.</summary>
    public TimeSpan FirstPageAfter { get; private set; }

    public TimeSpan CpuTime => Linux.CpuTime(RunningProcess);

    public double ResidentMegabytes => Linux.ResidentMegabytes(RunningProcess);

    private int RunningProcess
    {
        get
        {
            LeaveAlone(TimeSpan.Zero);
            return _process.Id;
        }
    }

    /// <summary>Starts a server and returns once it has shown its first page.</summary>
    public static ServerProcess Start(Contestant contestant)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        var log = Path.Combine(contestant.Data, "server.log");

        // The shell hands its process over to the server, whose log then goes to a file without passing through this driver.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. contestant.Command])
        {
            WorkingDirectory = contestant.WorkingDirectory,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://{address}";
        foreach (var (key, value) in contestant.Settings) { start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value; }
        foreach (var (name, value) in contestant.Environment) { start.Environment[name] = value; }

        var began = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Process.Start(start)!, address, log);
        try
        {
            server.WaitForFirstPage(began);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Waits while the server runs on its own.</summary>
    public void LeaveAlone(TimeSpan time)
    {
        if (_process.WaitForExit(time)) { throw new MeasurementFailed($"The server has ended. See {_log}."); }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithDriver;
        if (!_process.HasExited)
        {
            Linux.AskToEnd(_process.Id);
            if (!_process.WaitForExit(s_patience)) { _process.Kill(); }
        }

        _process.Dispose();
    }

    private void EndWithDriver(object? sender, EventArgs e) => Linux.AskToEnd(_process.Id);

    private void WaitForFirstPage(long began)
    {
        using var browser = new Browser(Address);
        while (!IsReady(browser))
        {
            LeaveAlone(TimeSpan.FromMilliseconds(2));
            if (Stopwatch.GetElapsedTime(began) > s_patience) { throw new MeasurementFailed($"The server does not get ready. See {_log}."); }
        }

        ReadyAfter = Stopwatch.GetElapsedTime(began);
        _ = browser.Get("/sign-in");
        FirstPageAfter = Stopwatch.GetElapsedTime(began);
    }

    private static bool IsReady(Browser browser)
    {
        try
        {
            return browser.Get("/health/ready").Status == 200;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
