namespace Cardea.BrowserTests;

/// <summary>From "Forgot Password" to My Dashboard, as somebody does it who is in a hurry.</summary>
[Scenario("S2-30", "S2-34", "S2-36")]
public sealed class ForgotPasswordTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    private const string NewPassword = "Quiet#Lantern88";

    [Fact]
    [Scenario("W-2.1.1", "W-3.3.7")]
    public async Task By_keyboard_alone()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var page = await OpenBrowserAsync(app);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot Password" }).PressAsync("Enter");
        await Expect(page.Heading("User Information")).ToBeVisibleAsync();
        await page.TypeIntoAsync("Organization Code", amina.Organization.Code);
        await page.TypeIntoAsync("Username", amina.Username);
        await page.TypeIntoAsync("Email Address", amina.Email);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Check your email")).ToBeVisibleAsync();

        await page.GotoAsync(await app.AddResetLinkAsync(amina));
        await page.TypeIntoAsync("What was the name of your first pet?", TestPeople.Answer);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Password Expired")).ToBeVisibleAsync();
        await page.TypeIntoAsync("New Password", NewPassword);
        await page.TypeIntoAsync("Confirm New Password", NewPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Password Updated")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to Home Page" }).PressAsync("Enter");

        await page.ShouldBeAtAsync("/sign-in");
        await page.SignInAsync(amina, NewPassword);
        await page.ShouldBeAtAsync("/");
    }
}
