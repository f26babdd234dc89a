using Cardea.Rules.Permissions;

namespace Cardea.Tests.Journey;

/// <summary>People are in the middle of their work: what becomes due waits for the next sign-in, but for a power newly granted.</summary>
[Scenario("X-03")]
public sealed class LatchTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    [Scenario("S2-15")]
    public async Task A_new_version_of_the_agreement_waits_for_the_next_sign_in(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);

        await app.PublishAgreementsAsync();

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
        using var next = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/agreement", next.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S2-16", "S2-17")]
    public async Task A_password_that_expires_during_the_session_is_asked_for_at_the_next_one(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.PasswordSetAt = app.Clock.GetUtcNow().AddDays(-60).AddMinutes(10));
        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/", browser.Url);

        app.Clock.Advance(TimeSpan.FromMinutes(10));

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
        using var next = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/password", next.Url);
        Assert.Contains("Your password has expired. Choose a new one.", next.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-06")]
    public async Task Who_becomes_an_administrator_accepts_their_agreement_before_the_next_page(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);

        await GrantAsync(app, amina, Roles.Standard | Roles.Administrator);
        await browser.OpenAsync("/account");

        Assert.Equal("/sign-in/administrator-agreement?returnUrl=%2Faccount", browser.Url);
        await app.SettleAsync(amina, "/sign-in/administrator-agreement");
        await browser.RefreshAsync();
        Assert.Equal("/account", browser.Url);
    }

    /// <summary>Only the power is new to the session, never the agreement: administrators of long standing are in the middle of their work, too.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-06")]
    public async Task The_first_administrator_agreement_waits_for_the_next_sign_in(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await app.SignInAsync(amina);

        await app.PublishAgreementsAsync();

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
        await app.SettleAsync(amina, "/sign-in/agreement");
        using var next = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/administrator-agreement", next.Url);
    }

    /// <summary>Who held it before and lost it accepted other words, perhaps long ago.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-06")]
    public async Task Who_becomes_an_administrator_again_accepts_once_what_is_in_force_now(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(roles: Roles.Administrator);
        await app.PublishAgreementsAsync();
        await GrantAsync(app, amina, Roles.Standard);
        await app.SettleAsync(amina, "/sign-in/agreement");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = await app.SignInAsync(amina);

        await GrantAsync(app, amina, Roles.Administrator);
        await browser.OpenAsync("/account");
        Assert.Equal("/sign-in/administrator-agreement?returnUrl=%2Faccount", browser.Url);

        await app.SettleAsync(amina, "/sign-in/administrator-agreement");
        await app.PublishAgreementsAsync();
        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
    }

    /// <summary>A step of the first sign-in like any other: it is no news to the session that it completes.</summary>
    [Theory, EachDatabase]
    public async Task A_power_granted_before_the_session_was_complete_is_not_asked_about_in_the_middle_of_work(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        await GrantAsync(app, amina, Roles.Administrator);
        await app.SettleAsync(amina);
        await app.SettleAsync(amina, "/sign-in/second-factor-set-up");
        await browser.OpenAsync("/");

        await app.PublishAgreementsAsync();

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
    }

    [Theory, EachDatabase]
    public async Task A_renewed_administrator_agreement_waits_like_any_other(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await app.SignInAsync(amina);

        await app.PublishAgreementsAsync();

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
    }

    private static Task GrantAsync(CardeaApp app, TestPerson person, Roles roles) =>
        app.WriteAsync(db => db.Memberships.Where(m => m.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, roles)));
}
