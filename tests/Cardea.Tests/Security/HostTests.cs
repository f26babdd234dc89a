using System.Net;

namespace Cardea.Tests.Security;

/// <summary>What a request says of itself is not believed: neither where it came to nor where it came from (ZITADEL GHSA-2wmj-46rj-qm2w, authentik CVE-2024-47070).</summary>
[Scenario("A-08", "F-14", "V3.5.4", "V4.1.3", "V15.3.4")]
public sealed class HostTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    public async Task An_unknown_host_is_refused(string host)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.TryAddWithoutValidation("Host", host);

        await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Theory]
    [InlineData("https://bücher.example", "xn--bcher-kva.example")]
    [InlineData("https://xn--bcher-kva.example", "xn--bcher-kva.example")]
    public async Task A_public_address_with_other_letters_is_found_as_browsers_write_it(string address, string host)
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:PublicAddress", address));

        var answered = await app.Server.SendAsync(
            context =>   // a request of HttpClient would have its host put into letters again
            {
                (context.Request.Method, context.Request.Scheme, context.Request.Path) = ("GET", "https", "/sign-in");
                context.Request.Host = new(host);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(200, answered.Response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=http")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("X-Rewrite-Url", "/account")]
    public async Task Forwarding_headers_of_strangers_change_nothing_on_the_page(string header, string value)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add(header, value);

        await browser.SendAsync(request);

        Assert.Equal("/sign-in", browser.Url);
        Assert.DoesNotContain("evil.example", browser.Html, StringComparison.Ordinal);
        Assert.All(browser.SetCookies, cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A new X-Forwarded-For for each try would dodge the lock and lie to the audit trail.</summary>
    [Theory, EachDatabase]
    public async Task A_forwarded_address_from_a_stranger_is_not_the_source(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser("198.51.100.77");
        foreach (var number in Enumerable.Range(1, 6))
        {
            await browser.OpenAsync("/sign-in");
            var form = browser.FormOf("Login");
            form["Input.OrganizationCode"] = amina.Organization.Code;
            form["Input.Username"] = amina.Username;
            form["Input.Password"] = "Wrong#Password11";
            var request = form.ToRequest();
            request.Headers.Add("X-Forwarded-For", $"192.0.2.{number}");
            request.Headers.Add("Forwarded", $"for=192.0.2.{number}");
            await browser.SendAsync(request);
        }

        Assert.StartsWith("Account locked.", browser.Alert, StringComparison.Ordinal);
        Assert.All((await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id && entry.Name.StartsWith("sign_in.", StringComparison.Ordinal)), entry => Assert.Equal("198.51.100.77", entry.Address));
    }

    [Theory, EachDatabase]
    public async Task A_known_proxy_is_believed(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:KnownProxies:0", "10.0.0.5"));
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser("10.0.0.5");
        await browser.OpenAsync("/sign-in");
        var form = browser.FormOf("Login");
        form["Input.OrganizationCode"] = amina.Organization.Code;
        form["Input.Username"] = amina.Username;
        form["Input.Password"] = amina.Password;
        var request = form.ToRequest();
        request.Headers.Add("X-Forwarded-For", "192.0.2.44");

        await browser.SendAsync(request);

        Assert.Contains(await app.AuditAsync(), entry => (entry.Name, entry.Address) == ("sign_in.succeeded.v1", "192.0.2.44"));
    }

    /// <summary>No redirect from http: a password sent there was already seen.</summary>
    [Fact]
    [Scenario("V12.2.1", "V4.1.2")]
    public async Task Plain_http_from_elsewhere_is_refused_and_not_redirected()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:PublicAddress", "https://signin.registry.example"));
        using var plain = app.OpenBrowser(address: "http://signin.registry.example");
        using var encrypted = app.OpenBrowser(address: "https://signin.registry.example");

        await plain.OpenAsync("/sign-in");
        await encrypted.OpenAsync("/sign-in");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (plain.Status, encrypted.Status));
        Assert.Null(plain.Header("Location"));
    }
}
