namespace Cardea.BrowserTests;

/// <summary>While the credentials are checked (S0-04). Time is the page's own, moved by the tests.</summary>
[Scenario("S0-04", "W-4.1.3")]
public sealed class WaitingTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    [Fact]
    public async Task A_slow_answer_is_explained_and_trying_again_gets_in()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await page.Clock.InstallAsync();
        var sent = await page.LoseAnswersAsync(howMany: 1);
        await page.SignInAsync(await app.AddPersonAsync());

        var button = page.Button("Login");
        await Expect(button).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(button).ToHaveClassAsync("usa-button is-busy");
        var status = page.Locator("#sign-in-form").GetByRole(AriaRole.Status).Filter(new() { HasText = "." });
        await Expect(status).ToHaveTextAsync("One moment, please.");
        await page.Clock.FastForwardAsync("00:10");
        await Expect(status).ToHaveTextAsync("This is taking longer than usual.");
        await page.Clock.FastForwardAsync("00:10");
        await Expect(status).ToHaveTextAsync("The server is busy or your connection is poor. Refresh and try again.");
        await Expect(button).Not.ToHaveAttributeAsync("aria-disabled", "true");

        await page.Button("Try again").ClickAsync();

        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        Assert.Equal(2, sent.Count);
    }

    [Fact]
    public async Task The_button_cannot_be_pressed_twice()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        var sent = await page.LoseAnswersAsync(howMany: int.MaxValue);
        await page.SignInAsync(await app.AddPersonAsync());
        await Expect(page.Button("Login")).ToHaveAttributeAsync("aria-disabled", "true");

        await page.Button("Login").ClickAsync(new() { Force = true });   // people do not look whether it is enabled
        await page.Field("Password").PressAsync("Enter");

        await Expect(page.Button("Login")).ToHaveClassAsync("usa-button is-busy");
        Assert.Single(sent);
    }

    [Fact]
    public async Task A_success_whose_answer_got_lost_leads_to_the_session_it_made()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var page = await OpenBrowserAsync(app);
        await page.Clock.InstallAsync();
        await page.LoseAnswersAsync(howMany: 1, asksServer: true);   // its cookies arrive, its page does not
        await page.SignInAsync(amina);
        await Expect(page.Button("Login")).ToHaveClassAsync("usa-button is-busy");

        await page.Clock.FastForwardAsync("00:20");
        await page.Button("Try again").ClickAsync();

        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(session => session.AccountId == amina.Id)));
    }

    [Fact]
    public async Task Tries_that_never_arrived_count_nothing()
    {
        const int lost = 6;
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await page.Clock.InstallAsync();
        var sent = await page.LoseAnswersAsync(howMany: lost);
        await page.SignInAsync(await app.AddPersonAsync());
        for (var attempt = 0; attempt < lost; attempt++)
        {
            await Expect(page.Button("Login")).ToHaveClassAsync("usa-button is-busy");
            await page.Clock.FastForwardAsync("00:20");
            await page.Button("Try again").ClickAsync();
        }

        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        Assert.Equal(lost + 1, sent.Count);
    }
}
