using Cardea.Features.Alarms;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SecondFactors;

public sealed class PublicAddressApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Cardea:PublicAddress", "https://localhost")];
}

/// <summary>"This was not me": the owner of an account is told of what only the owner can judge, and can stop it.</summary>
[Scenario("X-07")]
public sealed class AlarmTests(PublicAddressApps apps) : IClassFixture<PublicAddressApps>
{
    private const string NewDevice = "new-device";

    [Theory, EachDatabase, Scenario("V6.3.5", "V6.3.7")]
    public async Task A_sign_in_from_a_new_device_is_told_and_one_from_a_known_device_is_not(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        Assert.Equal(0, await CountAsync(app, amina));   // the very first: there is nobody else to be warned of
        browser.Cookies.CloseBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(amina);
        Assert.Equal(0, await CountAsync(app, amina));

        using var thief = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        Assert.Equal(1, await CountAsync(app, amina));
        using var thiefAgain = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        Assert.Equal(1, await CountAsync(app, amina));
        app.Clock.Advance(TimeSpan.FromDays(1));
        using var thiefNextDay = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        Assert.Equal(2, await CountAsync(app, amina));
    }

    /// <summary>A clinic has one address for all: what its owner does there by day must not keep quiet who else signs in from there.</summary>
    [Theory]
    [EachDatabase("details")]
    [EachDatabase("questions")]
    [EachDatabase("email")]
    public async Task What_was_told_of_the_owners_own_change_hides_no_new_device_at_the_same_place(Database database, string change)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync($"/account/{change}");
        switch (change)
        {
            case "details":
                browser.Fill("Work phone", "(612) 555-0199");
                await browser.ClickAsync("Save");
                break;
            case "questions":
                await MyAccount.MyQuestionsTests.AnswerAsync(browser, "Sir Purr-a-lot", "jollof rice", "in the old mill");
                break;
            case "email":
                var address = EmailSteps.NewAddress();
                browser.Fill("New email address", address);
                await browser.ClickAsync(EmailSteps.SendCode);
                await EmailSteps.EnterAsync(browser, await app.CodeSentToAsync(address));
                break;
        }

        Assert.Single(await app.ReadAsync(db => db.AlarmLinks.Where(link => link.AccountId == amina.Id).ToListAsync()));
        using var thief = await app.SignInAsync(amina);

        Assert.Equal(1, await CountAsync(app, amina));
    }

    [Theory, EachDatabase]
    public async Task With_a_second_factor_only_a_completed_sign_in_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using (var known = await app.SignInAsync(amina))
        {
            await known.EnterCodeAsync(phone.Code());
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        Assert.Equal(0, await CountAsync(app, amina));
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal(1, await CountAsync(app, amina));
    }

    [Theory, EachDatabase]
    public async Task Its_link_changes_nothing_until_the_button_is_pressed_and_then_freezes_the_account(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        var amina = await app.AddPersonAsync(organization: admin.Organization);
        using var hers = await app.SignInAsync(amina);
        using var thief = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        var link = await LinkAsync(app, amina);

        using var browser = app.OpenBrowser();
        await browser.OpenAsync(link);
        await thief.OpenAsync("/account");
        Assert.Equal("/account", thief.Url);

        await browser.ClickAsync("Freeze my account");

        Assert.Contains("Your account is frozen.", browser.Text, StringComparison.Ordinal);
        foreach (var window in (PersonBrowser[])[thief, hers])
        {
            await window.OpenAsync("/account");
            Assert.StartsWith("/sign-in", window.Url, StringComparison.Ordinal);
        }

        using var again = await app.SignInAsync(amina);
        Assert.StartsWith("/sign-in", again.Url, StringComparison.Ordinal);
        Assert.Contains("frozen", (await app.MailsToAsync(admin.Email, expected: 1))[0].TextBody, StringComparison.Ordinal);
        Assert.Contains(await app.AuditAsync(), entry => entry.Name == "account.frozen.v1" && entry.SubjectId == amina.Id);
        await browser.OpenAsync(link);
        Assert.Contains("This link was used already, or is too old.", browser.Text, StringComparison.Ordinal);
    }

    /// <summary>Else nobody could run the registry, and whoever reads an operator's mail could see to that.</summary>
    [Theory, EachDatabase, Scenario("X-05")]
    public async Task The_last_operator_is_signed_out_everywhere_but_not_shut_out(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", "https://localhost"));
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        using var hers = await app.SignInAsync(olga);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var thief = await app.SignInAsync(olga, clientAddress: "198.51.100.9");
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(await LinkAsync(app, olga));

        await browser.ClickAsync("Freeze my account");

        Assert.Contains("You were signed out everywhere, but your account stays open.", browser.Text, StringComparison.Ordinal);
        await thief.OpenAsync("/account");
        Assert.StartsWith("/sign-in", thief.Url, StringComparison.Ordinal);
        using var again = await app.SignInAsync(olga);
        Assert.Equal("/", again.Url);
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.Name == "account.frozen.v1");
    }

    [Theory]
    [EachDatabase("")]
    [EachDatabase("short")]
    [EachDatabase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [Scenario("A-06")]
    public async Task A_link_that_we_did_not_send_freezes_nobody(Database database, string secret)
    {
        var app = await apps.OnAsync(database);
        await app.AddPersonAsync();
        var before = await DisabledAsync();
        using var browser = app.OpenBrowser();

        await browser.OpenAsync($"/not-me?link={secret}");

        Assert.Contains("This link was used already, or is too old.", browser.Text, StringComparison.Ordinal);
        Assert.Equal(before, await DisabledAsync());

        Task<int> DisabledAsync() => app.ReadAsync(db => db.Accounts.CountAsync(account => account.DisabledAt != null));
    }

    [Theory, EachDatabase]
    public async Task A_week_later_the_link_is_over(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var hers = await app.SignInAsync(amina);
        using var thief = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        var link = await LinkAsync(app, amina);
        app.Clock.Advance(TimeSpan.FromDays(7));

        using var browser = app.OpenBrowser();
        await browser.OpenAsync(link);

        Assert.Contains("This link was used already, or is too old.", browser.Text, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(CardeaApp app, TestPerson person)
    {
        await TellAsync(app);
        return await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == person.Id && m.Kind == NewDevice));
    }

    /// <summary>What the server does every ten seconds, at once.</summary>
    private static Task<bool> TellAsync(CardeaApp app) => app.RunAsync<AlarmNotices, bool>(async alarms =>
    {
        await alarms.TellOfNewDevicesAsync(CancellationToken.None);
        return true;
    });

    private static async Task<string> LinkAsync(CardeaApp app, TestPerson person)
    {
        await TellAsync(app);
        var text = (await app.MailsToAsync(person.Email, expected: 1))[^1].TextBody!;
        var start = text.IndexOf("/not-me?link=", StringComparison.Ordinal);
        return text[start..].Split((char[])['\r', '\n', ' ', '>', ')'])[0];
    }
}
