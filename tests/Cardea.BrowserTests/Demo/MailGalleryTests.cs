using System.Text.RegularExpressions;
using Cardea.Features.Messages;

namespace Cardea.BrowserTests.Demo;

/// <summary>Every mail, as a mail program shows it, without waiting for its day.</summary>
public sealed partial class MailGalleryTests(Chromium chromium, DemoTests.Running running) : IClassFixture<DemoTests.Running>
{
    [Fact]
    public async Task It_shows_every_mail_that_the_product_sends()
    {
        var kinds = typeof(IMail).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMail)))
            .Select(type => (string)type.GetProperty(nameof(IMail.Kind))!.GetValue(null)!);

        var shown = (await LinksAsync("en")).Select(link => link.Split('/')[^1]).ToList();

        Assert.All(kinds, kind => Assert.Contains(shown, name => name == kind || name.StartsWith($"{kind}-", StringComparison.Ordinal)));
    }

    /// <summary>In the short run in English alone: the words differ, the template does not.</summary>
    public static TheoryData<string> LanguagesToLookAt => [.. Extent.IsFull ? Cardea.Hosting.Languages.All : ["en"]];

    [Theory, MemberData(nameof(LanguagesToLookAt))]
    [Scenario("S2-42")]
    public async Task Everybody_can_read_them_on_every_screen(string language)
    {
        using var http = new HttpClient { BaseAddress = running.Demo.Url };
        await using var context = await chromium.Browser.NewContextAsync(new() { ViewportSize = Screens.Phone });
        var page = await context.NewPageAsync();
        foreach (var link in await LinksAsync(language))
        {
            await page.SetContentAsync(await http.GetStringAsync(link, TestContext.Current.CancellationToken));

            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await page.ShouldBeAccessibleAsync();
            await page.ShouldFitAsync();
        }
    }

    private async Task<IReadOnlyList<string>> LinksAsync(string language)
    {
        using var http = new HttpClient { BaseAddress = running.Demo.Url };
        var page = await http.GetStringAsync("/demo/mails", TestContext.Current.CancellationToken);
        List<string> links = [.. Link().Matches(page).Select(link => link.Value).Where(link => link.StartsWith($"/demo/mails/{language}/", StringComparison.Ordinal))];
        Assert.NotEmpty(links);
        return links;
    }

    [GeneratedRegex("""(?<=href=")/demo/mails/[^"]+""")]
    private static partial Regex Link();
}
