using System.Net;
using Cardea.Hosting;
using Microsoft.Net.Http.Headers;

namespace Cardea.Tests.Security;

[Scenario("A-10", "V3.3.1", "V3.3.2", "V3.3.3", "V3.3.4", "V3.3.5")]
public sealed class CookieTests(CardeaApps apps)
{
    private static readonly string[] Ours = ["__Host-cardea-session", "__Host-cardea-device", "__Host-cardea-form", "__Host-cardea-organization", "__Host-cardea-language"];

    public static TheoryData<string> AllCookies => [.. Cookies.All];

    [Theory, EachDatabase]
    public async Task Every_cookie_of_a_whole_visit_is_bound_to_this_host_and_to_https(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        var seen = new List<SetCookieHeaderValue>();
        using var browser = app.OpenBrowser();
        await OpenAsync("/sign-in");
        await ClickAsync("Español");
        await ClickAsync("English");
        browser.Fill("Remember the organization code on this computer", "yes");
        await browser.SignInAsync(amina);
        seen.AddRange(Cookies());
        await app.SettleAsync(amina);
        await OpenAsync("/");
        await OpenAsync("/account");
        await ClickAsync("Sign out");

        Assert.Equal(Ours.Order(), seen.Select(cookie => cookie.Name.ToString()).Distinct().Order());
        Assert.All(seen, cookie =>
        {
            Assert.True(cookie.Secure && cookie.HttpOnly, cookie.ToString());
            Assert.Equal(("/", 0), (cookie.Path.ToString(), cookie.Domain.Length));
            Assert.True(cookie.SameSite is SameSiteMode.Lax or SameSiteMode.Strict, cookie.ToString());
            Assert.InRange(cookie.ToString().Length, 1, 4095);
        });
        Assert.All(seen.Where(cookie => cookie.Name == "__Host-cardea-session" && cookie.Value.Length > 0), cookie => Assert.Null(cookie.MaxAge));

        async Task OpenAsync(string path)
        {
            await browser.OpenAsync(path);
            seen.AddRange(Cookies());
        }

        async Task ClickAsync(string button)
        {
            await browser.ClickAsync(button);
            seen.AddRange(Cookies());
        }

        IList<SetCookieHeaderValue> Cookies() => SetCookieHeaderValue.ParseList([.. browser.SetCookies]);
    }

    /// <summary>A neighbouring host can plant a second cookie of the same name; which one a server believes is a matter of luck.</summary>
    [Theory, MemberData(nameof(AllCookies))]
    public async Task Two_cookies_of_one_name_are_refused(string name)
    {
        foreach (var other in (string[])[$"__Host-{name}", $"__HOST-{name.ToUpperInvariant()}"])   // who reads them minds no case
        {
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync($"__Host-{name}=one; {other}=two"));
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string cookies)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("Cookie", cookies);

        await browser.SendAsync(request);

        return browser.Status;
    }

    /// <summary>Over plain http, which only this very machine may use, browsers refuse the prefix: there the plain name is used, and never over https.</summary>
    [Theory, EachDatabase]
    public async Task The_plain_name_is_believed_over_plain_http_only(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        using var planted = app.OpenBrowser();
        planted.Cookies.Put("cardea-session", browser.Cookies["cardea-session"]!);

        await planted.OpenAsync("/account");

        Assert.StartsWith("/sign-in", planted.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task On_this_very_machine_plain_http_works_from_end_to_end(Database database)
    {
        await using var app = await CardeaApp.StartOnNetworkAsync(database);
        var amina = await app.AddPersonAsync();

        using var browser = await app.SignInAsync(amina);

        Assert.Equal("/", browser.Url);
        Assert.Contains("cardea-session", browser.Cookies.Names);
    }
}
