namespace Cardea.Tests.Sessions;

/// <summary>The server has gone on, and its answer never came: whoever refreshes is where they are on the server, not out (decision 0014).</summary>
[Scenario("S0-16", "S0-04")]
public sealed class LostAnswerTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string NewPassword = "Quiet#Lantern88";

    [Theory, EachDatabase]
    public async Task After_a_new_password_one_is_at_the_next_step(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(PersonKind.New));
        await SaveWithoutHearingAsync(app, browser);

        await browser.RefreshAsync();

        Assert.Equal("/sign-in/email", browser.Url);
        await browser.RefreshAsync();
        Assert.Equal("/sign-in/email", browser.Url);
    }

    [Theory, EachDatabase]
    public async Task After_the_last_step_one_is_in_however_often_the_answer_is_lost(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        await app.SettleAsync(amina);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var lost = browser.Copy(app);
            lost.FollowsRedirects = false;
            await lost.OpenAsync("/account");
        }

        await browser.OpenAsync("/account");

        Assert.Equal("/account", browser.Url);
        Assert.Single(await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id && s.EndedAt == null).ToListAsync()));
    }

    /// <summary>Whatever the copy was taken for: once the new secret has arrived, only that one counts.</summary>
    [Theory, EachDatabase, Scenario("V7.2.4", "A-05")]
    public async Task An_answer_that_arrived_ends_the_former_secret_at_once(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(PersonKind.New));
        using var thief = browser.Copy(app);

        browser.Fill("New Password", NewPassword);
        browser.Fill("Confirm New Password", NewPassword);
        await browser.ClickAsync("Save");
        Assert.Equal("/sign-in/email", browser.Url);

        await thief.OpenAsync("/sign-in/email");
        Assert.StartsWith("/sign-in?", thief.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("V7.2.4", "A-05")]
    public async Task Another_device_has_no_use_for_a_former_secret(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(PersonKind.New));
        using var thief = await app.SignInAsync(await app.AddPersonAsync());   // a device of their own, which they signed in from
        Assert.NotNull(thief.Cookies["cardea-device"]);
        thief.Cookies.Put("__Host-cardea-session", browser.Cookies["cardea-session"]!);
        await SaveWithoutHearingAsync(app, browser);

        await thief.OpenAsync("/sign-in/email");

        Assert.StartsWith("/sign-in?", thief.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("V7.2.4")]
    public async Task A_minute_later_it_is_worth_nothing_to_anybody(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(PersonKind.New));
        await SaveWithoutHearingAsync(app, browser);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.RefreshAsync();

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
    }

    /// <summary>The server does what it is asked to, and this browser hears nothing of it.</summary>
    private static async Task SaveWithoutHearingAsync(CardeaApp app, PersonBrowser browser)
    {
        browser.Fill("New Password", NewPassword);
        browser.Fill("Confirm New Password", NewPassword);
        using var lost = browser.Copy(app);
        lost.FollowsRedirects = false;
        await lost.SubmitAsync(browser.FormOf("Save"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, lost.Status);
    }
}
