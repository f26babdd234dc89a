using Cardea.Tests.CommandLine;
using Cardea.Tests.SignIn;

namespace Cardea.Tests.Accounts;

[Scenario("S0-07", "S0-08")]
public sealed class UnlockAccountTests(SoonStoppedApps apps) : IClassFixture<SoonStoppedApps>
{
    private const string Wrong = "Wrong#Password11";

    [Theory, EachDatabase]
    public async Task An_administrator_opens_what_strangers_have_stopped_and_what_the_person_has_locked(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.WriteAsync(db => db.SignInTries.ExecuteDeleteAsync());   // those of another test
        var amina = await app.AddPersonAsync();
        string[] unlock = ["accounts", "unlock", "--organization", amina.Organization.Code, "--username", amina.Username];
        Assert.Equal("The account is not locked: no failed sign-in counts against it.", (await app.CommandAsync(unlock)).Problems.Single());
        foreach (var source in (string[])[.. Enumerable.Repeat("203.0.113.7", 5), .. Enumerable.Range(1, 5).Select(number => $"198.51.100.{number}")])
        {
            (await app.SignInAsync(amina, Wrong, source)).Dispose();
        }

        Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", await TryAsync(amina, "203.0.113.7"));
        Assert.Equal("Account locked. Contact your administrator.", await TryAsync(amina, "192.0.2.1"));

        var unlocked = await app.CommandAsync(unlock);

        Assert.Equal((0, ""), (unlocked.ExitCode, unlocked.Error));
        Assert.Equal("/", await TryAsync(amina, "203.0.113.7"));
        Assert.Equal("/", await TryAsync(amina, "192.0.2.1"));
        var entry = Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "account.unlocked.v1");
        Assert.Equal(Environment.UserName, entry.ActorId);
        Assert.All(await app.ReadAsync(db => db.SignInTries.Select(row => row.Failures).ToListAsync()), failures => Assert.Equal(0, failures));

        async Task<string?> TryAsync(TestPerson person, string source)
        {
            using var browser = await app.SignInAsync(person, clientAddress: source);
            return browser.Alert ?? browser.Url;
        }
    }

    [Theory, EachDatabase]
    public async Task Others_stay_locked(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var ben = await app.AddPersonAsync(organization: amina.Organization);
        foreach (var person in Enumerable.Repeat(amina, 5).Concat(Enumerable.Repeat(ben, 5)))
        {
            (await app.SignInAsync(person, Wrong)).Dispose();
        }

        await app.CommandAsync("accounts", "unlock", "--organization", amina.Organization.Code, "--username", amina.Username);

        using var browser = await app.SignInAsync(ben);
        Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", browser.Alert);
    }
}
