using System.Net;

namespace Cardea.Tests.Security;

[Scenario("V3.2.1", "V3.4.1", "V3.4.2", "V3.4.3", "V3.4.4", "V3.4.5", "V3.4.6", "V3.4.8", "A-23", "V14.2.2", "V4.1.1")]
public sealed class HeaderTests
{
    private const string PublicAddress = "https://signin.registry.example";

    /// <summary>The same on pages, redirects, errors, files and refusals.</summary>
    [Fact]
    public async Task Every_answer_carries_the_headers_that_were_agreed_on()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:PublicAddress", PublicAddress));
        using var browser = app.OpenBrowser(address: PublicAddress);
        browser.FollowsRedirects = false;
        var lines = new List<string>();
        foreach (var path in (string[])["/sign-in", "/", "/nowhere", "/health/live", "/css/cardea.css", "/js/cardea.js", "/images/mark.svg"])
        {
            await browser.OpenAsync(path);
            lines.Add($"GET {path} {(int)browser.Status}");
            lines.AddRange(browser.Response.Headers.Concat(browser.Response.Content.Headers)
                .Where(header => header.Key is not ("Set-Cookie" or "Content-Length" or "ETag" or "Last-Modified" or "Date"))
                .Where(header => !Path.HasExtension(path) || header.Key is not "Cache-Control")   // how long files may be kept is the build's affair
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"    {header.Key}: {string.Join(", ", header.Value)}"));
        }

        Approved.Matches("Headers.approved.txt", lines);
    }

    [Theory, EachDatabase]
    public async Task No_private_page_is_ever_kept(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        foreach (var path in (string[])["/", "/account", "/help", "/nowhere"])
        {
            await browser.OpenAsync(path);
            Assert.Equal("no-store", browser.Header("Cache-Control"));
        }
    }

    [Fact]
    public async Task No_other_site_may_read_or_be_read()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        var request = new HttpRequestMessage(HttpMethod.Options, "/sign-in");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        await browser.SendAsync(request);

        Assert.Null(browser.Header("Access-Control-Allow-Origin"));
        Assert.NotEqual(HttpStatusCode.OK, browser.Status);
    }

    /// <summary>No inline script or style anywhere, and nothing from other hosts: the policy would block it.</summary>
    [Theory, EachDatabase]
    [Scenario("V3.2.2", "V14.2.3")]
    public async Task Pages_need_nothing_that_the_policy_forbids(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        foreach (var path in (string[])["/", "/account", "/help", "/guidance", "/nowhere"])
        {
            await browser.OpenAsync(path);
            Assert.Empty(browser.Document.QuerySelectorAll("[style], style, script:not([src]), iframe, object, embed, base"));
            Assert.DoesNotContain(browser.Document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            Assert.All(
                browser.Document.QuerySelectorAll("[src], link[href]"),
                element => Assert.StartsWith("/", element.GetAttribute("src") ?? element.GetAttribute("href"), StringComparison.Ordinal));
        }
    }
}
