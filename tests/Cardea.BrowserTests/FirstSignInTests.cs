using Cardea.Rules.Permissions;

namespace Cardea.BrowserTests;

/// <summary>The main job: from a temporary password to My Dashboard, in the order of S2-09.</summary>
[Scenario("S2-03", "S2-05", "S2-06", "S2-07", "S2-08", "S2-09", "S2-14")]
public sealed class FirstSignInTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    private const string NewPassword = "Sunny#Wednesday43";

    private static readonly (string Question, string Answer)[] Answers =
    [
        ("What was the name of your first pet?", "Old Marbles"),
        ("Which concert was the first you went to?", "Harvest fair"),
        ("What was the first dish you learned to cook?", "Lentil soup"),
    ];

    [Fact]
    [Scenario("W-2.1.1")]
    public async Task A_new_administrator_gets_to_the_dashboard_by_keyboard_alone()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync(PersonKind.New, Roles.Administrator);
        var page = await OpenBrowserAsync(app);
        await page.GotoAsync("/");

        await SignInByKeyboardAsync(page, amina, amina.Password);

        await Expect(page.Heading("Choose a new password")).ToBeVisibleAsync();
        await page.TypeIntoAsync("New Password", NewPassword);
        await page.TypeIntoAsync("Confirm New Password", NewPassword);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Heading("User Agreement")).ToBeVisibleAsync();
        await ReadToTheEndByKeyboardAsync(page);
        await page.PressAsync("Accept");

        await Expect(page.Heading("Administrator User Agreement")).ToBeVisibleAsync();
        await page.PressAsync("Accept");

        await Expect(page.Heading("Is this the email address you use for work?")).ToBeVisibleAsync();
        await page.ShouldSayAsync(amina.Email);
        await page.PressAsync("Yes, this is my work email");

        await Expect(page.Heading("Manage Security Questions")).ToBeVisibleAsync();
        for (var number = 1; number <= Answers.Length; number++)
        {
            await ChooseByKeyboardAsync(page, $"Question {number}", Answers[number - 1].Question);
            await page.TypeIntoAsync($"Answer {number}", Answers[number - 1].Answer);
        }

        await page.PressAsync("Submit");

        await Expect(page.Heading("Choose how you confirm your sign-in")).ToBeVisibleAsync();
        var phone = await page.SetUpAppByKeyboardAsync(app);

        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        await page.PressAsync("Sign out");
        await page.ShouldBeAtAsync("/sign-in");
        await SignInByKeyboardAsync(page, amina, NewPassword);
        await page.TypeIntoAsync("MFA Code", phone.Code());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_new_person_gets_to_the_dashboard_with_and_without_script(bool withScript)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync(PersonKind.New);
        var page = await OpenBrowserAsync(app, new() { JavaScriptEnabled = withScript });

        await page.SignInAsync(amina);

        await page.ShouldBeAtAsync("/sign-in/password");
        await page.Field("New Password").FillAsync("short");
        await page.Button("Save").ClickAsync();
        await page.ShouldSayAsync("There is a problem");
        await page.Field("New Password").FillAsync(NewPassword);
        await page.Field("Confirm New Password").FillAsync(NewPassword);
        await page.Button("Save").ClickAsync();

        await page.ShouldBeAtAsync("/sign-in/agreement");
        await page.Button("Accept").ClickAsync();

        await page.ShouldBeAtAsync("/sign-in/email");
        var newAddress = $"new.{amina.Email}";
        await page.Field("Email Address").FillAsync(newAddress);
        await page.Button("Send code").ClickAsync();

        await page.ShouldBeAtAsync("/sign-in/email/code");
        await page.Field("Enter Code").FillAsync(await app.CodeMailedToAsync(newAddress));
        await page.Button("Submit").ClickAsync();

        await page.ShouldBeAtAsync("/sign-in/security-questions");
        for (var number = 1; number <= Answers.Length; number++)
        {
            await page.Field($"Question {number}").SelectOptionAsync(Answers[number - 1].Question);
            await page.Field($"Answer {number}").FillAsync(Answers[number - 1].Answer);
        }

        await page.Button("Submit").ClickAsync();

        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        Assert.Equal(newAddress, await app.ReadAsync(db => db.Accounts.Where(account => account.Id == amina.Id).Select(account => account.Email).SingleAsync()));
        await page.Button("Sign out").ClickAsync();
        await page.SignInAsync(amina, NewPassword);
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
    }

    [Fact]
    [Scenario("S0-16")]
    public async Task Refreshing_at_each_step_shows_the_step_that_is_due()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await page.SignInAsync(await app.AddPersonAsync(PersonKind.New, Roles.Administrator));

        await RefreshAtAsync(page, "/sign-in/password");
        await page.EnterAsync("NewPassword", NewPassword);
        await page.EnterAsync("ConfirmNewPassword", NewPassword);
        await page.SubmitAsync();
        await RefreshAtAsync(page, "/sign-in/agreement");
        await page.SubmitAsync();
        await RefreshAtAsync(page, "/sign-in/administrator-agreement");
        await page.SubmitAsync();
        await RefreshAtAsync(page, "/sign-in/email");
        await page.SubmitAsync();
        await RefreshAtAsync(page, "/sign-in/security-questions");
        await page.GotoAsync("/sign-in");
        await page.ShouldBeAtAsync("/sign-in/security-questions");
    }

    private static async Task RefreshAtAsync(IPage page, string path)
    {
        await page.ShouldBeAtAsync(path);
        await page.ReloadAsync();
        await page.ShouldBeAtAsync(path);
    }

    private static async Task SignInByKeyboardAsync(IPage page, TestPerson person, string password)
    {
        await page.TypeIntoAsync("Organization Code", person.Organization.Code);
        await page.TypeIntoAsync("Username", person.Username);
        await page.TypeIntoAsync("Password", password);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task ReadToTheEndByKeyboardAsync(IPage page)
    {
        var text = page.Locator(".agreement");
        await page.TabToAsync(text);
        Assert.Equal(0, await text.EvaluateAsync<int>("text => text.scrollTop"));
        await page.Keyboard.PressAsync("End");
        await page.WaitForFunctionAsync("() => { const text = document.activeElement; return text.scrollTop + text.clientHeight >= text.scrollHeight - 1; }");
    }

    /// <summary>Line by line, from the top.</summary>
    private static async Task ChooseByKeyboardAsync(IPage page, string label, string line)
    {
        var list = page.Field(label);
        await page.TabToAsync(list);
        for (var press = 0; press < 20 && await list.EvaluateAsync<string>("list => list.selectedOptions[0].text") != line; press++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Equal(line, await list.EvaluateAsync<string>("list => list.selectedOptions[0].text"));
    }
}
