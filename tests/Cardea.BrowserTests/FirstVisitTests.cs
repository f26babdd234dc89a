namespace Cardea.BrowserTests;

/// <summary>What a browser gets and keeps.</summary>
public sealed class FirstVisitTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    private const int MostBytes = 60_000, MostBytesOfScript = 10_000;

    [Fact]
    public async Task The_first_visit_is_small()
    {
        var page = await OpenBrowserAsync(await apps.OnAsync(Database.Sqlite));
        var scripts = new HashSet<string>();
        double bytes = 0, bytesOfScript = 0;
        var network = await page.Context.NewCDPSessionAsync(page);
        network.Event("Network.responseReceived").OnEvent += (_, got) =>
        {
            if (got?.GetProperty("type").GetString() == "Script")
            {
                scripts.Add(got.Value.GetProperty("requestId").GetString()!);
            }
        };
        network.Event("Network.loadingFinished").OnEvent += (_, got) =>
        {
            var length = got!.Value.GetProperty("encodedDataLength").GetDouble();
            bytes += length;
            bytesOfScript += scripts.Contains(got.Value.GetProperty("requestId").GetString()!) ? length : 0;
        };
        await network.SendAsync("Network.enable");

        await page.GotoAsync("/sign-in", new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.InRange(bytes, MostBytesOfScript, MostBytes);
        Assert.InRange(bytesOfScript, 1, MostBytesOfScript);
    }

    [Fact]
    [Scenario("A-10", "V3.3.4", "V14.3.3")]
    public async Task Cookies_are_out_of_reach_for_scripts_and_other_sites()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app);
        await Place.Named("dashboard").GoAsync(app, page);

        var cookies = await page.Context.CookiesAsync();
        Assert.Equal(["cardea-device", "cardea-form", "cardea-session"], cookies.Select(cookie => cookie.Name).Order());
        Assert.All(cookies, cookie => Assert.True(cookie.HttpOnly && cookie.SameSite is SameSiteAttribute.Lax or SameSiteAttribute.Strict, cookie.Name));
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
    }
}
