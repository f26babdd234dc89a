using System.Net;
using AngleSharp.Dom;

namespace Cardea.Tests.Security;

/// <summary>A form that somebody else made the browser send changes nothing, also before sign-in (login CSRF).</summary>
[Scenario("A-09", "V3.5.1", "V3.5.3", "V7.6.2")]
public sealed class CrossSiteTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Token = "__RequestVerificationToken";

    public static TheoryData<string, string> ForeignHeaders => new()
    {
        { "Origin", "https://evil.example" },
        { "Origin", "http://localhost" },
        { "Origin", "https://localhost.evil.example" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
    };

    public static TheoryData<string?, bool, bool> WithheldOrigins => new()
    {
        { null, true, true },
        { "same-origin", true, true },
        { "none", true, true },
        { "cross-site", true, false },
        { null, false, false },
        { "same-origin", false, false },
    };

    [Theory, MemberData(nameof(ForeignHeaders))]
    public async Task A_sign_in_that_comes_from_elsewhere_is_refused_though_all_else_is_right(string header, string value)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        var request = (await FilledAsync(browser, amina)).ToRequest();
        request.Headers.Add(header, value);

        await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Empty(await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).ToListAsync()));
    }

    /// <summary>"Origin: null" comes with our own forms, whose pages name no referrer, and with those of a sandbox elsewhere: it counts for nothing.</summary>
    [Theory, MemberData(nameof(WithheldOrigins))]
    public async Task Where_a_browser_withholds_the_origin_the_site_and_the_token_decide(string? site, bool hasToken, bool isIn)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        var form = await FilledAsync(browser, amina);
        if (!hasToken)
        {
            form.Remove(Token);
        }

        var request = form.ToRequest();
        request.Headers.Add("Origin", "null");
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        await browser.SendAsync(request);

        Assert.Equal(isIn ? HttpStatusCode.OK : HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(isIn ? 1 : 0, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id)));
    }

    [Theory, EachDatabase]
    public async Task A_sign_in_without_its_token_signs_nobody_in_and_costs_no_try(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        var form = await FilledAsync(browser, amina);
        form.Remove(Token);
        using var hashes = new CountedHashes(app);

        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(0, hashes.Count);
        Assert.Null(browser.Cookies["cardea-session"]);
        Assert.Equal(amina.Username, browser.FormOf("Login")["Input.Username"]);   // and the person has lost nothing

        browser.Fill("Password", amina.Password);
        await browser.ClickAsync("Login");
        Assert.Equal("/", browser.Url);
    }

    /// <summary>A pair of cookie and field that an attacker got from their own visit, planted into a victim's browser.</summary>
    [Theory]
    [EachDatabase("")]   // an old browser says nothing
    [EachDatabase("none")]
    [EachDatabase("same-site")]
    [EachDatabase("cross-site")]
    [EachDatabase("same-origin, cross-site")]
    public async Task A_planted_pair_from_another_session_does_not_sign_out(Database database, string saidByBrowser)
    {
        var app = await apps.OnAsync(database);
        using var mallory = await app.SignInAsync(await app.AddPersonAsync());
        using var victim = await app.SignInAsync(await app.AddPersonAsync());
        var form = mallory.FormOf("Sign out");
        victim.Cookies.Put("__Host-cardea-form", mallory.Cookies["cardea-form"]!);

        var request = form.ToRequest();
        if (saidByBrowser.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", saidByBrowser);   // of a button on our own page it would be "same-origin"
        }

        await victim.SendAsync(request);
        await victim.OpenAsync("/account");

        Assert.Equal("/account", victim.Url);
    }

    /// <summary>What is shown as a form must be sendable; what is sent must carry a token.</summary>
    [Theory, EachDatabase]
    public async Task Every_form_that_changes_something_carries_a_token(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        using var anonymous = app.OpenBrowser();
        using var complete = await app.SignInAsync(await app.AddPersonAsync());
        var fresh = await app.AddPersonAsync(PersonKind.New);
        using var pending = await app.SignInAsync(fresh);
        foreach (var (browser, path) in (IEnumerable<(PersonBrowser, string)>)[(anonymous, "/sign-in"), (anonymous, "/help"), (complete, "/"), (complete, "/account"), (complete, "/guidance"), (pending, "/")])
        {
            await browser.OpenAsync(path);
            var forms = browser.Document.QuerySelectorAll("form[method=post]").ToList();
            Assert.NotEmpty(forms);
            Assert.All(forms, form => Assert.True(form.QuerySelector($"input[name={Token}]") is not null, $"A form of {path} to {form.GetAttribute("action")} has no token."));
        }
    }

    [Theory]
    [InlineData("/language")]
    [InlineData("/session/stay")]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    public async Task Reading_a_page_never_changes_anything(string path)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        var before = (await app.AuditAsync()).Count;

        await browser.OpenAsync($"{path}?language=fr&next=true&Input.Username={amina.Username}&Input.Password={amina.Password}");

        Assert.Equal(before, (await app.AuditAsync()).Count);
        Assert.Equal("en", browser.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("/", browser.Url);
    }

    private static async Task<PageForm> FilledAsync(PersonBrowser browser, TestPerson person)
    {
        await browser.OpenAsync("/sign-in");
        var form = browser.FormOf("Login");
        form["Input.OrganizationCode"] = person.Organization.Code;
        form["Input.Username"] = person.Username;
        form["Input.Password"] = person.Password;
        return form;
    }
}
