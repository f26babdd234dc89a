using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.SignIn.Tries;
using Cardea.Rules.SignIn;

namespace Cardea.Tests.SignIn;

/// <summary>Two hundred guesses at once, through two nodes on one database: no more are looked at than one after another (.NET CVE-2023-33170, Keycloak CVE-2024-4629).</summary>
[Scenario("A-02", "S0-07", "V2.4.1", "V15.4.1", "F-12")]
public sealed class ParallelGuessTests
{
    private const int Guesses = 200;
    private const int Limit = 5;

    [Theory, EachDatabase]
    public async Task No_more_guesses_are_evaluated_than_the_limit_however_many_come_at_once(Database database)
    {
        var patient = ("Cardea:Hashing:LongestWait", "00:00:30");   // nobody is turned away, however slow the machine
        await using var first = await CardeaApp.StartAsync(database, patient);
        await using var second = first.StartSecondNode(patient);
        var amina = await first.AddPersonAsync();
        CardeaApp[] nodes = [first, second];
        PersonBrowser[] attackers = [.. nodes.Select(node => node.OpenBrowser())];
        foreach (var attacker in attackers)
        {
            await attacker.OpenAsync("/sign-in");
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, Guesses).Select(async number =>
        {
            using var tab = attackers[number % 2].Copy(nodes[number % 2]);
            var form = attackers[number % 2].FormOf("Login");
            form["Input.OrganizationCode"] = amina.Organization.Code;
            form["Input.Username"] = amina.Username;
            form["Input.Password"] = $"Guess#Number{number}";
            await Task.Yield();
            await tab.SubmitAsync(form);
            return tab.Alert;
        }));

        Assert.Equal(Limit, answers.Count(answer => answer == "Invalid credentials"));
        Assert.Equal(Guesses - Limit, answers.Count(answer => answer == "Account locked. Wait 3 minutes or contact your administrator."));
        var evaluated = (await first.AuditAsync()).Count(entry => entry is { Name: "sign_in.refused.v1", Reason: "WrongPassword" });
        Assert.Equal(Limit, evaluated);
        Assert.Equal([Limit, Limit], await first.ReadAsync(db => db.SignInTries.Select(row => row.Failures).ToListAsync()));

        using var right = await second.SignInAsync(amina);
        Assert.Equal((HttpStatusCode.BadRequest, "Account locked. Wait 3 minutes or contact your administrator."), (right.Status, right.Alert));

        foreach (var attacker in attackers)
        {
            attacker.Dispose();
        }
    }

    /// <summary>From two hundred addresses: the sum over all sources stops them.</summary>
    [Theory, EachDatabase]
    [Scenario("N-07", "S0-08")]
    public async Task The_sum_over_all_sources_is_exact_under_a_storm(Database database)
    {
        const int hardStop = 20;
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:SignIn:HardStopAfter", "20"));
        var name = TryKey.NameOf(Audience.Staff, IdentifierKind.OrganizationCodeAndUsername, "CLINIC", "amina");
        var policy = new Rules.SignIn.LockPolicy { HardStopAfter = hardStop };

        var counted = await Task.WhenAll(Enumerable.Range(0, Guesses).Select(number => Task.Run(() => app.RunAsync<SignInTries, CountedTry>(tries =>
            tries.CountAsync(new(name, $"198.51.100.{number}", PassesHardStop: false), policy, CancellationToken.None)))));

        Assert.Equal(hardStop, counted.Count(result => result is CountedTry.Counted));
        Assert.Equal(Guesses - hardStop, counted.Count(result => result is CountedTry.HardLocked));
        Assert.Equal(hardStop, await app.ReadAsync(db => db.SignInTries.Where(row => row.Source == SignInTry.AnySource).Select(row => row.Failures).SingleAsync()));
    }
}
