namespace Cardea.BrowserTests;

/// <summary>The selector at the top right (S0-17).</summary>
[Scenario("S0-17", "W-3.1.1", "W-3.2.2")]
public sealed class LanguageTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    [Fact]
    public async Task Before_sign_in_the_choice_is_remembered_on_this_device_and_what_was_typed_stays()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var page = await OpenBrowserAsync(app);
        await page.GotoAsync("/sign-in");
        await page.EnterAsync("OrganizationCode", amina.Organization.Code);
        await page.EnterAsync("Username", amina.Username);
        await page.EnterAsync("Password", amina.Password);

        await page.Button("Español").ClickAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await Expect(page.Locator("[name='Input.OrganizationCode']")).ToHaveValueAsync(amina.Organization.Code);
        await Expect(page.Locator("[name='Input.Username']")).ToHaveValueAsync(amina.Username);
        await Expect(page.Locator("[name='Input.Password']")).ToBeEmptyAsync();   // a secret is never sent back
        await Expect(page.Locator("#error-summary")).ToBeHiddenAsync();
        await Expect(page.Button("Español")).ToHaveAttributeAsync("aria-current", "true");
        await page.GotoAsync("/help");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await page.GotoAsync("/sign-in");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
    }

    [Fact]
    public async Task After_sign_in_the_choice_is_remembered_in_the_profile()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var here = await OpenBrowserAsync(app);
        await here.SignInAsync(amina);
        await Expect(here.Heading("My Dashboard")).ToBeVisibleAsync();

        await here.Button("Français").ClickAsync();

        await here.ShouldBeAtAsync("/");
        await Expect(here.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        var elsewhere = await OpenBrowserAsync(app);
        await elsewhere.SignInAsync(amina);
        await elsewhere.ShouldBeAtAsync("/");
        await Expect(elsewhere.Locator("html")).ToHaveAttributeAsync("lang", "fr");
    }

    [Fact]
    public async Task In_the_middle_of_a_step_the_choice_changes_the_words_and_nothing_else()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await Place.Named("questions").GoAsync(app, page);
        await page.Field("Question 2").SelectOptionAsync("What was the name of your first pet?");

        await page.Button("Español").ClickAsync();

        await page.ShouldBeAtAsync("/sign-in/security-questions");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await Expect(page.Locator("[name='Input.Rows[1].Question']")).ToHaveValueAsync("first-pet");
        await Expect(page.Locator("#error-summary")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_a_choice_the_browser_decides()
    {
        var page = await OpenBrowserAsync(await apps.OnAsync(Database.Sqlite), new() { Locale = "fr-CA" });

        await page.GotoAsync("/sign-in");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
    }
}
