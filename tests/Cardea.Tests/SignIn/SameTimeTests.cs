using System.Diagnostics;
using System.Security.Cryptography;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn;

namespace Cardea.Tests.SignIn;

/// <summary>
/// How long a refusal takes tells nothing: medians within 10 % (S0-05). The kinds take turns, in another order each round, so that whatever
/// else the machine does hits all alike. What truly takes longer does so in every measurement; noise picks another kind each time.
/// </summary>
[CollectionDefinition(nameof(SameTimeTests), DisableParallelization = true)]
[Collection(nameof(SameTimeTests))]
[Scenario("S0-05", "A-01", "V6.3.8", "F-05")]
public sealed class SameTimeTests
{
    private static readonly int Rounds = Extent.IsFull ? 40 : 14;
    private const int MostMeasurements = 5;
    private const double Tolerance = 0.10;

    /// <summary>Both databases at a time, each with a processor of its own: nothing else has one.</summary>
    [Fact]
    public Task Refusals_take_the_same_time_whatever_was_wrong() => Task.WhenAll(Enum.GetValues<Database>().Select(ShouldTellNothingAsync));

    private static async Task ShouldTellNothingAsync(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, TestHashes.RealCost);
        List<(string Slow, string Fast)>? tells = null;
        var report = "";
        for (var measurement = 1; measurement <= MostMeasurements && tells is not []; measurement++)
        {
            var medians = await MeasureAsync(app);
            var apart =
                from slow in medians from fast in medians where slow.Value > fast.Value * (1 + Tolerance) select (slow.Key, fast.Key);
            tells = [.. tells?.Intersect(apart) ?? apart];
            report += string.Join(", ", medians.Select(m => $"{m.Key} {m.Value:F1} ms")) + '\n';
        }

        Assert.True(tells is [], $"On {database}, the time of a refusal tells what was wrong: {string.Join(", ", tells!)}\n{report}");
    }

    /// <summary>Of the operation behind the form: reading a form and writing a page only add what is the same for all.</summary>
    private static async Task<Dictionary<string, double>> MeasureAsync(CardeaApp app)
    {
        var kinds = await WrongCredentials.AllAsync(app);
        var times = kinds.ToDictionary(kind => kind, _ => new List<double>());
        foreach (var round in Enumerable.Range(0, Rounds))
        {
            foreach (var kind in Shuffled(kinds))
            {
                var network = $"10.0.0.{round}";   // a new one each round, so that no lock is in the way
                var request = new SignInRequest(
                    Audience.Staff, kind.OrganizationCode, kind.Username, kind.Password, Secrets.New(), DeviceSecret: null, RememberedSecret: null, network, network, UserAgent: "", Replaces: null);
                var began = Stopwatch.GetTimestamp();
                var outcome = await app.RunAsync<SignInWithPassword, SignInOutcome>(signIn => signIn.RunAsync(request, CancellationToken.None));
                times[kind].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                Assert.IsType<SignInOutcome.InvalidCredentials>(outcome);
            }
        }

        return times.ToDictionary(entry => entry.Key.Case, entry => entry.Value.Order().ElementAt(Rounds / 2));
    }

    private static WrongCredentials[] Shuffled(IEnumerable<WrongCredentials> kinds)
    {
        WrongCredentials[] shuffled = [.. kinds];
        RandomNumberGenerator.Shuffle<WrongCredentials>(shuffled);
        return shuffled;
    }
}
