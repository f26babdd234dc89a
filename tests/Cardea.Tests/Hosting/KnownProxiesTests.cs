using System.Net;

namespace Cardea.Tests.Hosting;

/// <summary>Locks and records go by the client's address, so nobody but a known proxy may choose it.</summary>
[Scenario("A-08", "V4.1.3", "V15.3.4")]
public sealed class KnownProxiesTests
{
    private const string Peer = "203.0.113.7", Claimed = "198.51.100.9";

    [Theory]
    [EachDatabase("", Peer)]
    [EachDatabase("203.0.113.8", Peer)]
    [EachDatabase(Peer, Claimed)]
    public async Task A_forwarded_address_counts_only_when_a_known_proxy_says_so(Database database, string knownProxy, string recorded)
    {
        (string, string)[] settings = knownProxy.Length == 0 ? [] : [("Cardea:KnownProxies:0", knownProxy)];
        await using var app = await CardeaApp.StartAsync(database, settings);
        using var browser = app.OpenBrowser(Peer);
        await browser.OpenAsync("/sign-in");
        browser.Fill("Organization Code", "CLINIC");
        browser.Fill("Username", "amina");
        browser.Fill("Password", "wrong");
        var request = browser.FormOf("Login").ToRequest();
        request.Headers.Add("X-Forwarded-For", Claimed);

        await browser.SendAsync(request);

        Assert.Equal(recorded, Assert.Single(await app.AuditAsync()).Address);
    }

    [Theory]
    [EachDatabase("198.51.100.9, 10.0.0.2", "198.51.100.9")]
    [EachDatabase("192.0.2.66, 198.51.100.9, 10.0.0.2", "198.51.100.9")]   // what the person claims stands before what the first proxy saw
    public async Task Behind_several_proxies_in_a_row_the_first_stranger_is_the_person(Database database, string forwarded, string recorded)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:KnownProxies:0", Peer), ("Cardea:KnownProxies:1", "10.0.0.2"));
        using var browser = app.OpenBrowser(Peer);
        await browser.OpenAsync("/sign-in");
        browser.Fill("Organization Code", "CLINIC");
        browser.Fill("Username", "amina");
        browser.Fill("Password", "wrong");
        var request = browser.FormOf("Login").ToRequest();
        request.Headers.Add("X-Forwarded-For", forwarded);

        await browser.SendAsync(request);

        Assert.Equal(recorded, Assert.Single(await app.AuditAsync()).Address);
    }

    [Theory, EachDatabase]
    public async Task Nobody_talks_a_server_into_believing_that_a_connection_in_the_clear_is_encrypted(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = app.OpenBrowser(Peer, "http://localhost");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");

        await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }
}
