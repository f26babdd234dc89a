using Cardea.Data;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.SetUp;
using Cardea.Rules.SecondFactors;

namespace Cardea.BrowserTests;

/// <summary>A person whose device makes passkeys, without a mouse.</summary>
[Scenario("A-25", "F-10", "S0-09", "N-12", "W-2.1.1")]
public sealed class PasskeyTests(Chromium chromium) : Infrastructure.BrowserTests(chromium)
{
    private CardeaApp _app = null!;
    private string _address = null!;
    private TestPerson _amina = null!;

    public override async ValueTask InitializeAsync()
    {
        _app = await NetworkApps.StartAsync(Database.Sqlite);
        _address = $"http://localhost:{_app.Address.Port}/";   // a passkey is for a name, never for a number
        await _app.WriteAsync(db => db.Registry.ExecuteUpdateAsync(set => set.SetProperty(r => r.PublicAddress, _address.TrimEnd('/'))));
        _app.Services.GetRequiredService<RegistryProfile>().Forget();
        _amina = await _app.AddPersonAsync();
        var at = _app.Clock.Now.AddDays(-1);
        await _app.WriteAsync(db =>
        {
            db.Add(new OrganizationFactorSetting
            {
                OrganizationId = _amina.Organization.Id,
                Method = OrganizationMethod.UsersChoose,
                RememberDays = 0,
                From = at,
                ChangedAt = at,
            });
            return db.SaveChangesAsync();
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task It_is_set_up_asked_for_after_the_password_and_enough_by_itself()
    {
        var page = await OpenBrowserAsync(_app, new() { BaseURL = _address });
        var device = await AddDeviceAsync(page);
        await page.GotoAsync("/sign-in");
        await SignInByKeyboardAsync(page);

        await Expect(page.Heading("Choose how you confirm your sign-in")).ToBeVisibleAsync();
        await page.TabToAsync(page.GetByLabel("Passkey"));
        await page.Keyboard.PressAsync("Space");
        await page.PressAsync("Submit");
        await Expect(page.Heading("Set up a passkey")).ToBeVisibleAsync();
        await ShouldBeForEverybodyAsync(page);
        await page.TypeIntoAsync("Name of this passkey (optional)", "My laptop");
        await page.PressAsync("Set up passkey");
        await Expect(page.Heading("Your recovery codes")).ToBeVisibleAsync();
        await page.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "I have saved them: continue" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();

        await device.IsTouchedAsync(false);
        await page.PressAsync("Sign out");
        await SignInByKeyboardAsync(page);
        await Expect(page.Heading("Confirm that it is you")).ToBeVisibleAsync();
        await ShouldBeForEverybodyAsync(page);
        await device.IsTouchedAsync(true);
        await page.PressAsync("Use your passkey");
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();

        await device.IsTouchedAsync(false);
        await page.PressAsync("Sign out");
        await Expect(page.Button("Sign in with a passkey")).ToBeVisibleAsync();
        await ShouldBeForEverybodyAsync(page);
        await device.IsTouchedAsync(true);
        await page.PressAsync("Sign in with a passkey");
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        Assert.Equal(
            ["hwk user mfa", "pwd hwk user mfa", "pwd hwk user mfa"],
            await _app.ReadAsync(db => db.Sessions.Select(s => s.AuthenticationMethods).Order().ToListAsync()));
    }

    [Fact]
    public async Task Who_cancels_or_has_none_is_told_how_to_go_on()
    {
        var page = await OpenBrowserAsync(_app, new() { BaseURL = _address });
        var device = await AddDeviceAsync(page);
        await device.VerifiesAsync(false);
        await page.GotoAsync("/sign-in");
        await SignInByKeyboardAsync(page);
        await Expect(page.Heading("Choose how you confirm your sign-in")).ToBeVisibleAsync();
        await page.GotoAsync("/sign-in/second-factor-set-up/passkey");
        await page.PressAsync("Set up passkey");
        await page.ShouldSayAsync("You cancelled, or there is no passkey on this device.");
        await Expect(page.Button("Set up passkey")).Not.ToHaveClassAsync("is-busy");

        await device.VerifiesAsync(true);
        await page.PressAsync("Set up passkey");
        await Expect(page.Heading("Your recovery codes")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_it_says_so_and_offers_another_way()
    {
        var page = await OpenBrowserAsync(_app, new() { BaseURL = _address, JavaScriptEnabled = false });
        await page.GotoAsync("/sign-in");
        await Expect(page.Button("Sign in with a passkey")).ToBeHiddenAsync();
        await page.SignInAsync(_amina);
        await Expect(page.Heading("Choose how you confirm your sign-in")).ToBeVisibleAsync();
        await page.GotoAsync("/sign-in/second-factor-set-up/passkey");

        await Expect(page.Locator("noscript")).ToHaveCountAsync(1);   // its text is tested where pages are: steered browsers do not draw it
        await Expect(page.Button("Set up passkey")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Another way" })).ToBeVisibleAsync();
    }

    private async Task SignInByKeyboardAsync(IPage page)
    {
        await page.TypeIntoAsync("Organization Code", _amina.Organization.Code);
        await page.TypeIntoAsync("Username", _amina.Username);
        await page.TypeIntoAsync("Password", _amina.Password);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task ShouldBeForEverybodyAsync(IPage page)
    {
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();
    }

    private static async Task<Device> AddDeviceAsync(IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        var added = await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new(browser, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Chromium's own, inside the browser.</summary>
    private sealed record Device(ICDPSession Browser, string Id)
    {
        /// <summary>As soon as it asks, or not at all.</summary>
        public async Task IsTouchedAsync(bool enabled) =>
            await Browser.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new() { ["authenticatorId"] = Id, ["enabled"] = enabled });

        /// <summary>Whether the finger on it is its owner's.</summary>
        public async Task VerifiesAsync(bool isOwner) =>
            await Browser.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = Id, ["isUserVerified"] = isOwner });
    }
}
