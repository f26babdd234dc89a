using System.Net;

namespace Cardea.Tests.SignIn;

[Scenario("S0-01")]
public sealed class FirstPageAskedForTests(CardeaApps apps)
{
    [Theory]
    [EachDatabase("/account")]
    [EachDatabase("/account?tab=name&sort=a%20b")]
    [EachDatabase("/")]
    public async Task A_stranger_goes_to_the_sign_in_page_and_then_to_where_they_were_going(Database database, string wanted)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();

        await browser.OpenAsync(wanted);
        Assert.Equal((HttpStatusCode.OK, "Sign in"), (browser.Status, browser.Heading));

        await browser.SignInAsync(amina);
        Assert.Equal((HttpStatusCode.OK, wanted), (browser.Status, browser.Url));
    }

    /// <summary>A wrong password, a language switch and an incomplete form must not make it forget.</summary>
    [Theory, EachDatabase]
    public async Task Detours_on_the_sign_in_page_do_not_lose_the_way(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();

        await browser.OpenAsync("/account");
        await browser.SignInAsync(amina, "wrong");
        await browser.SignInAsync(amina, "");
        await browser.ClickAsync("Français");
        await browser.ClickAsync("English");
        await browser.SignInAsync(amina);

        Assert.Equal("/account", browser.Url);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/%252f%252fevil.example")]
    [InlineData("https:evil.example")]
    [InlineData("HTTPS://localhost.evil.example")]
    [InlineData("/@evil.example")]
    [InlineData("@evil.example")]
    [InlineData("/..;/evil.example")]
    [InlineData("/account/../../evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\r\nSet-Cookie: planted=1")]
    [InlineData("/account#@evil.example")]
    [InlineData("/sign-out")]
    [Scenario("A-07", "V3.7.2", "A-11")]
    public async Task Anything_that_is_not_a_page_of_ours_leads_to_the_dashboard(string target)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();

        await browser.OpenAsync($"/sign-in?returnUrl={Uri.EscapeDataString(target)}");
        await browser.SignInAsync(amina);
        Assert.Equal("/", browser.Url);

        await browser.OpenAsync($"/sign-in?returnUrl={Uri.EscapeDataString(target)}");   // who is in already
        Assert.Equal("/", browser.Url);
    }
}
