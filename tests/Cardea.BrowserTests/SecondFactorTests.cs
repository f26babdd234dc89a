using Cardea.Rules.Permissions;

namespace Cardea.BrowserTests;

/// <summary>A clinic turns second factors on, and its people go on working.</summary>
[Scenario("S1-01", "S1-02", "S1-03", "S1-06", "S1-12")]
public sealed class SecondFactorTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task An_administrator_turns_emails_on_and_a_person_sets_them_up_with_and_without_script(bool withScript)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        var ben = await app.AddPersonAsync(organization: admin.Organization);
        var page = await OpenBrowserAsync(app, new() { JavaScriptEnabled = withScript });

        await page.SignInAsync(admin);
        await page.Locator("a[href='/admin/second-factor']").ClickAsync();
        await page.GetByText("Emails", new() { Exact = true }).ClickAsync();
        await page.Button("Preview").ClickAsync();
        await page.ShouldSayAsync("People who will be asked: 2.");
        await page.Button("Save").ClickAsync();
        await page.ShouldSayAsync("Saved.");
        await page.Button("Sign out").ClickAsync();
        await page.ShouldBeAtAsync("/sign-in");

        await page.SignInAsync(ben);
        await Expect(page.Heading("Set up codes by email")).ToBeVisibleAsync();
        await page.Button("Send code").ClickAsync();
        await page.Field("Enter Code").FillAsync(await app.CodeMailedToAsync(ben.Email));
        await page.Button("Submit").ClickAsync();
        await Expect(page.Heading("Your recovery codes")).ToBeVisibleAsync();
        var recoveryCode = await page.Locator(".recovery-codes li").First.InnerTextAsync();
        await page.GetByText("I have saved them: continue").ClickAsync();
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        await page.Button("Sign out").ClickAsync();
        await page.ShouldBeAtAsync("/sign-in");

        await page.SignInAsync(ben);
        await page.ShouldBeAtAsync("/sign-in/second-factor/email");
        await page.GetByText("Use a recovery code instead").ClickAsync();
        await page.Field("Recovery code").FillAsync(recoveryCode);
        await page.Button("Login").ClickAsync();
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
    }

    [Fact]
    [Scenario("S0-09", "S0-10", "W-2.1.1")]
    public async Task An_app_is_set_up_and_used_by_keyboard_alone()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(amina.Organization, Rules.SecondFactors.OrganizationMethod.UsersChoose);
        var page = await OpenBrowserAsync(app);
        await page.SignInAsync(amina);

        var phone = await page.SetUpAppByKeyboardAsync(app);
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();

        await page.PressAsync("Sign out");
        await page.ShouldBeAtAsync("/sign-in");
        await page.SignInAsync(amina);
        await page.TypeIntoAsync("MFA Code", phone.Code());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
    }
}
