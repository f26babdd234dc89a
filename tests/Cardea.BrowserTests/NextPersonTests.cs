namespace Cardea.BrowserTests;

/// <summary>One workstation, many people .</summary>
[Scenario("X-02")]
public sealed class NextPersonTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    [Fact]
    [Scenario("V14.3.1")]
    public async Task One_click_leaves_nothing_of_the_former_person_behind_also_for_the_back_button()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var page = await OpenBrowserAsync(app);
        await page.SignInAsync(amina);
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();
        await page.GotoAsync("/account");
        await page.ShouldSayAsync(amina.Email);
        await page.GotoAsync("/");

        await page.Button("Sign out, next person").ClickAsync();

        await page.ShouldBeAtAsync("/sign-in");
        await ShouldKnowNothingOfAsync(page, amina);
        for (var back = 0; back < 3; back++)
        {
            await page.GoBackAsync();
            await page.ShouldBeAtAsync("/sign-in");
            await ShouldKnowNothingOfAsync(page, amina);
        }
    }

    [Fact]
    public async Task Only_the_organization_code_is_remembered_and_only_when_asked()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var page = await OpenBrowserAsync(app);
        await page.GotoAsync("/sign-in");
        await page.GetByText("Remember the organization code on this computer").ClickAsync();
        await page.EnterAsync("OrganizationCode", amina.Organization.Code);
        await page.EnterAsync("Username", amina.Username);
        await page.EnterAsync("Password", amina.Password);
        await page.Button("Login").ClickAsync();
        await Expect(page.Heading("My Dashboard")).ToBeVisibleAsync();

        await page.Button("Sign out, next person").ClickAsync();

        await Expect(page.Field("Organization Code")).ToHaveValueAsync(amina.Organization.Code);
        await Expect(page.Field("Username")).ToBeEmptyAsync();
        await Expect(page.Field("Password")).ToBeEmptyAsync();
    }

    private static async Task ShouldKnowNothingOfAsync(IPage page, TestPerson person)
    {
        var content = await page.ContentAsync();
        foreach (var trace in new[] { TestPerson.DisplayName, person.Username, person.Email, person.Organization.Code })
        {
            Assert.DoesNotContain(trace, content, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name == "cardea-session");
    }
}
