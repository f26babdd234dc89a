using System.Net;

namespace Cardea.Tests.Hosting;

public sealed class HealthTests(CardeaApps apps)
{
    [Theory]
    [EachDatabase("/health/live")]
    [EachDatabase("/health/ready")]
    public async Task A_healthy_server_says_so_and_nothing_else(Database database, string path)
    {
        using var browser = (await apps.OnAsync(database)).OpenBrowser();

        await browser.OpenAsync(path);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (browser.Status, browser.Html));
    }
}
