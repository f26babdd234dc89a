using System.Collections.Concurrent;
using System.Diagnostics;

namespace Cardea.Bench;

/// <summary>What came of people signing in.</summary>
/// <param name="Busy">Sign-ins turned away with the friendly "busy" page. They are no errors.</param>
/// <param name="Problem">What the first error looked like.</param>
/// <param name="Milliseconds">Of those who got in: from opening the sign-in page to seeing My Dashboard.</param>
/// <param name="SlowestAnswer">The longest anybody waited for an answer of any kind, in milliseconds.</param>
/// <param name="ServerCpu">Milliseconds of the server's CPU time per sign-in.</param>
/// <param name="DriverCpu">Milliseconds of this driver's own CPU time per sign-in.</param>
internal sealed record SignInFigures(
    int People, int SignedIn, int Busy, int Errors, string? Problem, double PerSecond, Latency Milliseconds, double SlowestAnswer,
    double ServerCpu, double DriverCpu);

/// <summary>Counts and times sign-ins from many threads, and what they cost, from its making until the figures are asked for.</summary>
internal sealed class Tally(ServerProcess server)
{
    private readonly ConcurrentBag<(SignInOutcome Outcome, double Milliseconds)> _signIns = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TimeSpan _serverCpuBefore = server.CpuTime;
    private readonly TimeSpan _driverCpuBefore = Environment.CpuUsage.TotalTime;

    public SignInOutcome SignIn(Person person, Credentials credentials)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = person.SignIn(credentials);
        _signIns.Add((outcome, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        return outcome;
    }

    public SignInFigures Figures(int people)
    {
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var serverCpu = (server.CpuTime - _serverCpuBefore).TotalMilliseconds;
        var driverCpu = (Environment.CpuUsage.TotalTime - _driverCpuBefore).TotalMilliseconds;

        var byResult = _signIns.ToLookup(signIn => signIn.Outcome.Result);
        var signedIn = byResult[SignInResult.SignedIn].Count();
        return new(
            people,
            signedIn,
            byResult[SignInResult.Busy].Count(),
            byResult[SignInResult.Failed].Count(),
            byResult[SignInResult.Failed].Select(signIn => signIn.Outcome.Problem).FirstOrDefault(),
            signedIn / seconds,
            Latency.Of(byResult[SignInResult.SignedIn].Select(signIn => signIn.Milliseconds)),
            _signIns.Select(signIn => signIn.Milliseconds).DefaultIfEmpty().Max(),
            serverCpu / signedIn,
            driverCpu / signedIn);
    }
}
