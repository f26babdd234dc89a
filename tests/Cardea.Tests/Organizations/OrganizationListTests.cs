using System.Net;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Organizations;

public sealed class OrganizationListTests
{
    private const string Page = "/admin/organizations";

    [Theory, EachDatabase]
    public async Task Every_organization_is_on_one_page_of_the_list(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var codes = Enumerable.Range(100, 60).Select(number => $"C{number}").ToList();
        foreach (var code in codes)
        {
            await app.AddOrganizationAsync(code);
        }

        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(Page);
        var seen = Codes(browser);
        for (var page = 1; page < 3; page++)
        {
            await browser.FollowAsync("Next page");
            seen = [.. seen, .. Codes(browser)];
        }

        Assert.Equal(codes, seen.Where(code => code.StartsWith('C') && code.Length == 4));
        Assert.Equal(61, seen.Distinct().Count());   // with the operator's own
        Assert.DoesNotContain("Next page", browser.Text, StringComparison.Ordinal);
        await browser.FollowAsync("First page");
        Assert.Equal("C100", Codes(browser)[0]);
    }

    [Theory]
    [EachDatabase("elm", "ELM-1")]
    [EachDatabase("ELM-", "ELM-1")]
    [EachDatabase("hopit", "SUD")]
    [EachDatabase("cœur", "SUD")]
    [EachDatabase("obrien", "OAK")]
    [EachDatabase("%", "")]
    [EachDatabase("'; DROP TABLE \"Organizations\"; --", "")]
    [EachDatabase("lm-1", "")]
    public async Task A_search_finds_what_begins_so_however_it_is_written(Database database, string typed, string code)
    {
        await using var app = await CardeaApp.StartAsync(database);
        foreach (var (own, name) in new[] { ("ELM-1", "Elm Street School"), ("SUD", "Grand Hôpital du Sacré Cœur"), ("OAK", "O’Brien Clinic") })
        {
            await app.ChangeOrganizationAsync(await app.AddOrganizationAsync(own), o => o.Name = name);
        }

        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(Page);
        browser.Fill("Search", typed);
        await browser.ClickAsync("Search");

        Assert.Equal(code.Length > 0 ? [code] : [], Codes(browser));
        Assert.Equal(code.Length == 0, browser.Text.Contains("No organization fits.", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_filter_shows_those_alone_that_it_names(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var day = DateOnly.FromDateTime(CardeaApp.Start.DateTime);
        foreach (var (code, until, isActive) in new (string, DateOnly?, bool)[]
        {
            ("RUNS", day.AddDays(61), true), ("SOON", day.AddDays(60), true), ("OVER", day.AddDays(-1), true), ("SHUT", day, false),
        })
        {
            await app.ChangeOrganizationAsync(
                await app.AddOrganizationAsync(code), o => (o.AgreementUntil, o.DeactivatedAt) = (until, isActive ? null : CardeaApp.Start));
        }

        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(Page);
        Assert.DoesNotContain("SHUT", Codes(browser));
        Assert.Contains("RUNS", Codes(browser));

        await ShowAsync("Agreement ends soon, or is over");
        Assert.Equal(["OVER", "SOON"], Codes(browser));
        Assert.Contains("ends soon: 5/1/2026", browser.Text, StringComparison.Ordinal);
        Assert.Contains("over since 3/1/2026", browser.Text, StringComparison.Ordinal);
        await ShowAsync("Deactivated ones");
        Assert.Equal(["SHUT"], Codes(browser));
        await ShowAsync("All");
        Assert.Equal(5, Codes(browser).Count);

        Task ShowAsync(string filter)
        {
            browser.Fill("Show", filter);
            return browser.ClickAsync("Search");
        }
    }

    [Theory, EachDatabase]
    public async Task What_nobody_would_ask_for_shows_the_list(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInOperatorAsync();

        await browser.OpenAsync($"{Page}?show=7&search={new string('x', 3000)}&after=%00%27");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    private static IReadOnlyList<string> Codes(PersonBrowser browser) =>
        [.. browser.Document.QuerySelectorAll("tbody th a").Select(link => link.TextContent)];
}
