using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SignIn;

public sealed class SoonStoppedApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Cardea:SignIn:HardStopAfter", "10")];
}

[Scenario("S0-08", "A-16", "V6.1.1")]
public sealed class StrangersCannotLockOutTests(SoonStoppedApps apps) : IClassFixture<SoonStoppedApps>
{
    private const string Wrong = "Wrong#Password11";
    private const string HardLocked = "Account locked. Contact your administrator.";

    [Theory, EachDatabase]
    public async Task A_lock_holds_where_the_failures_came_from_and_nowhere_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await FailAsync(app, amina, "198.51.100.9", times: 6);

        using var owner = await app.SignInAsync(amina, clientAddress: "203.0.113.7");
        using var stranger = await app.SignInAsync(amina, clientAddress: "198.51.100.9");

        Assert.Equal("/", owner.Url);
        Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", stranger.Alert);
    }

    /// <summary>The clinic's own address may be where the failures come from; the computer is still known.</summary>
    [Theory, EachDatabase]
    public async Task A_known_device_is_a_source_of_its_own_behind_the_same_address(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var owner = await app.SignInAsync(amina);
        await owner.ClickAsync("Sign out");
        await FailAsync(app, amina, "203.0.113.7", times: 6);

        await owner.OpenAsync("/sign-in");
        await owner.SignInAsync(amina);

        Assert.Equal("/", owner.Url);
    }

    /// <summary>A device cookie is only worth something to an account that completed a sign-in with it.</summary>
    [Theory, EachDatabase]
    public async Task A_device_known_to_somebody_else_is_a_stranger_here(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var mallory = await app.AddPersonAsync();
        await FailAsync(app, amina, "203.0.113.7", times: 6);
        using var browser = await app.SignInAsync(mallory);
        await browser.ClickAsync("Sign out");

        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(amina);

        Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", browser.Alert);
    }

    [Theory, EachDatabase]
    public async Task An_IPv6_subscriber_is_one_source_however_many_addresses_they_use(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        foreach (var host in Enumerable.Range(1, 5))
        {
            await FailAsync(app, amina, $"2001:db8:1:2::{host:x}", times: 1);
        }

        using var sameNetwork = await app.SignInAsync(amina, clientAddress: "2001:db8:1:2:ffff::1");
        using var nextNetwork = await app.SignInAsync(amina, clientAddress: "2001:db8:1:3::1");

        Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", sameNetwork.Alert);
        Assert.Equal("/", nextNetwork.Url);
    }

    [Theory, EachDatabase]
    [Scenario("N-07", "S0-07")]
    public async Task The_hard_stop_over_all_sources_lets_only_a_known_device_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var owner = await app.SignInAsync(amina);
        await owner.ClickAsync("Sign out");
        foreach (var source in Enumerable.Range(1, 10))
        {
            await FailAsync(app, amina, $"198.51.100.{source}", times: 1);
        }

        app.Clock.Advance(TimeSpan.FromDays(30));   // it does not pass by itself
        using var stranger = await app.SignInAsync(amina, clientAddress: "192.0.2.1");
        Assert.Equal(HardLocked, stranger.Alert);

        await owner.OpenAsync("/sign-in");
        await owner.SignInAsync(amina);
        Assert.Equal("/", owner.Url);
    }

    /// <summary>One guess from each of many places never locks any of them: only the sum sees it, and says so.</summary>
    [Theory, EachDatabase]
    [Scenario("V6.3.5", "V16.3.3")]
    public async Task Guessing_spread_over_many_places_is_audited_and_told_to_the_owner_when_it_is_stopped(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        foreach (var source in Enumerable.Range(1, 9))
        {
            await FailAsync(app, amina, $"198.51.100.{source}", times: 1);
        }

        Assert.Equal(0, await MailsAsync());
        await FailAsync(app, amina, "198.51.100.10", times: 2);

        var entry = Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "sign_in.stopped.v1");
        Assert.Equal("{\"Failures\":10}", entry.Payload);
        Assert.Equal(1, await MailsAsync());
        Assert.Equal("Sign-in to your account is stopped", Assert.Single(await app.MailsToAsync(amina.Email, expected: 1)).Subject);

        Task<int> MailsAsync() => app.ReadAsync(db => db.OutboxMessages.CountAsync(mail => mail.AccountId == amina.Id && mail.Kind == "account-locked"));
    }

    /// <summary>Names that do not exist stop in the same way (S0-05).</summary>
    [Theory, EachDatabase]
    public async Task A_name_that_does_not_exist_comes_to_the_same_hard_stop(Database database)
    {
        var app = await apps.OnAsync(database);
        var nobody = new TestPerson(Guid.Empty, new(Guid.Empty, "NOWHERE", ""), "nobody17", Wrong, "");
        foreach (var source in Enumerable.Range(1, 10))
        {
            await FailAsync(app, nobody, $"198.51.100.{source}", times: 1);
        }

        using var browser = await app.SignInAsync(nobody, clientAddress: "192.0.2.1");

        Assert.Equal(HardLocked, browser.Alert);
    }

    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_hard_stop_holds_for_an_operator_only_while_another_one_gets_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var first = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        await StopAsync(first);
        Assert.Equal("/", await TryAsync(first));

        var second = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        Assert.Equal(HardLocked, await TryAsync(first));

        await StopAsync(second);
        Assert.Equal(("/", "/"), (await TryAsync(first), await TryAsync(second)));

        await app.AddPersonAsync(roles: Roles.RegistryOperator, change: account => account.DisabledAt = app.Clock.GetUtcNow());
        Assert.Equal("/", await TryAsync(first));

        async Task StopAsync(TestPerson person)
        {
            foreach (var source in Enumerable.Range(1, 10))
            {
                await FailAsync(app, person, $"198.51.100.{source}", times: 1);
            }
        }

        async Task<string?> TryAsync(TestPerson person)
        {
            using var browser = await app.SignInAsync(person, clientAddress: "192.0.2.1");
            return browser.Alert ?? browser.Url;
        }
    }

    private static async Task FailAsync(CardeaApp app, TestPerson person, string from, int times)
    {
        foreach (var _ in Enumerable.Range(1, times))
        {
            using var browser = await app.SignInAsync(person, Wrong, from);
        }
    }
}
