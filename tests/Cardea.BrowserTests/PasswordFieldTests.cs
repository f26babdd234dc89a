namespace Cardea.BrowserTests;

/// <summary>Typing a secret that one cannot see (S0-15).</summary>
[Scenario("S0-15", "W-3.3.8")]
public sealed class PasswordFieldTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    [Fact]
    public async Task Caps_lock_is_told_while_it_is_on()
    {
        var page = await OpenSignInAsync();
        var hint = page.Locator("[data-caps-lock-of]");

        await page.Field("Password").DispatchEventAsync("keydown", new { key = "A", modifierCapsLock = true });
        await Expect(hint).ToHaveTextAsync("Caps Lock is on.");
        await Expect(hint).ToHaveRoleAsync(AriaRole.Status);

        await page.Field("Password").DispatchEventAsync("keydown", new { key = "a", modifierCapsLock = false });
        await Expect(hint).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_password_can_be_seen_and_is_sent_as_a_password()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var page = await OpenSignInAsync();
        await page.Field("Password").FillAsync(amina.Password);
        await Expect(page.Field("Password")).ToHaveAttributeAsync("type", "password");

        await page.Button("Show password").ClickAsync();
        await Expect(page.Field("Password")).ToHaveAttributeAsync("type", "text");
        await page.Button("Hide password").ClickAsync();
        await Expect(page.Field("Password")).ToHaveAttributeAsync("type", "password");
        await page.Button("Show password").ClickAsync();
        await page.LoseAnswersAsync(howMany: 1);
        await page.Button("Login").ClickAsync();

        await Expect(page.Field("Password")).ToHaveAttributeAsync("type", "password");
    }

    /// <summary>Two that meet every rule: one is on everybody's list with a flourish.</summary>
    [Fact]
    [Scenario("S2-11")]
    public async Task The_strength_of_a_new_password_is_told_while_it_is_typed()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await page.SignInAsync(await app.AddPersonAsync());
        await page.ShouldBeAtAsync("/");
        await page.GotoAsync("/account/password");
        var strength = page.Locator(".strength");
        await Expect(strength).ToBeEmptyAsync();

        await page.Field("New Password").FillAsync("Password123!");
        await Expect(strength).ToContainTextAsync("weak");
        await Expect(strength).ToHaveRoleAsync(AriaRole.Status);
        await page.Field("New Password").FillAsync("Sunny#Wednesday43");
        await Expect(strength).ToHaveTextAsync("Very strong.");
        await page.Field("New Password").FillAsync("");
        await Expect(strength).ToBeEmptyAsync();
    }

    [Fact]
    public async Task What_was_copied_can_be_pasted()
    {
        var page = await OpenSignInAsync();
        await page.Field("Username").FillAsync(TestPeople.OwnPassword);
        await page.Field("Username").PressAsync("Control+A");
        await page.Field("Username").PressAsync("Control+C");

        await page.Field("Password").PressAsync("Control+V");

        await Expect(page.Field("Password")).ToHaveValueAsync(TestPeople.OwnPassword);
    }

    [Theory]
    [InlineData("sign-in", "Organization Code", "organization")]
    [InlineData("sign-in", "Username", "username webauthn")]
    [InlineData("sign-in", "Password", "current-password")]
    [InlineData("password", "New Password", "new-password")]
    [InlineData("password", "Confirm New Password", "new-password")]
    [InlineData("email", "Email Address", "email")]
    [InlineData("email code", "Enter Code", "one-time-code")]
    [InlineData("questions", "Answer 1", "off")]
    [Scenario("W-1.3.5")]
    public async Task Fields_tell_password_managers_what_they_are_for(string place, string label, string purpose)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await Place.Named(place).GoAsync(app, page);

        await Expect(page.Field(label)).ToHaveAttributeAsync("autocomplete", purpose);
    }

    [Fact]
    [Scenario("S2-12", "W-3.3.2")]
    public async Task Every_requirement_of_a_new_password_is_marked_while_typing()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await Place.Named("password").GoAsync(app, page);
        var met = page.Locator(".requirements .is-met");
        await Expect(met).ToHaveCountAsync(0);

        foreach (var (typed, count) in new[] { ("a", 1), ("aB", 2), ("aB3", 3), ("aB3#", 4), ("aB3#aB3#aB3#", 5), ("", 0) })
        {
            await page.Field("New Password").FillAsync(typed);
            await Expect(met).ToHaveCountAsync(count);
        }
    }

    private async Task<IPage> OpenSignInAsync()
    {
        var page = await OpenBrowserAsync(await apps.OnAsync(Database.Sqlite));
        await page.GotoAsync("/sign-in");
        return page;
    }
}
