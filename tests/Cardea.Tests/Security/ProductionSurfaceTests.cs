using System.Net;

namespace Cardea.Tests.Security;

/// <summary>What a production server must not have.</summary>
[Scenario("V13.4.1", "V13.4.2", "V13.4.3", "V13.4.4", "V13.4.5", "V15.2.3")]
public sealed class ProductionSurfaceTests(CardeaApps apps)
{
    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/.env")]
    [InlineData("/appsettings.json")]
    [InlineData("/cardea.db")]
    [InlineData("/cardea.dll")]
    [InlineData("/css/")]
    [InlineData("/css")]
    [InlineData("/js/cardea.js.map")]
    [InlineData("/package.json")]
    [InlineData("/swagger")]
    [InlineData("/metrics")]
    [InlineData("/demo/mailbox")]
    [InlineData("/demo/mailbox.json")]
    [InlineData("/trace.axd")]
    [InlineData("/css/..%2f..%2fappsettings.json")]
    [InlineData("/css/%2e%2e/%2e%2e/appsettings.json")]
    public async Task There_is_nothing_at(string path)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        await browser.OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Equal("text/html", browser.Response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("CONNECT")]
    [InlineData("PROPFIND")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [Scenario("V4.1.4")]
    public async Task Unknown_ways_of_asking_are_refused_and_nothing_is_echoed(string method)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        var request = new HttpRequestMessage(new HttpMethod(method), "/sign-in");
        request.Headers.Add("X-Canary", "echoed");

        await browser.SendAsync(request);

        Assert.InRange((int)browser.Status, 400, 499);
        Assert.DoesNotContain("echoed", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    [Scenario("V16.5.1")]
    public async Task A_page_that_is_not_there_says_so_in_our_own_words()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        await browser.OpenAsync("/nowhere?x=<script>alert(1)</script>");

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.NotNull(browser.Heading);
        Assert.DoesNotContain("<script>alert", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", browser.Html, StringComparison.Ordinal);
    }
}
