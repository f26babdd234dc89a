using System.Net;
using AngleSharp.Dom;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Permissions;

/// <summary>The table by which roles and types of organizations become permissions, for those who give roles.</summary>
[Scenario("S2-01", "V8.1.1", "V8.2.1")]
public sealed class PermissionPageTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/admin/permissions";

    [Theory, EachDatabase]
    public async Task It_shows_the_table_that_is_in_force(Database database)
    {
        await using var app = await CardeaApp.StartAsync(
            database,
            ("Cardea:Permissions:Grants:1:AtTypes:0", "School"),
            ("Cardea:Permissions:Grants:6:Permission", "inventory:order"),
            ("Cardea:Permissions:Grants:6:AnyOf", "ReportsOnly"));
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: Roles.Administrator));

        await browser.OpenAsync("/");
        await browser.FollowAsync("Who may do what");

        Assert.Equal(Page, browser.Url);
        Assert.Contains("Standard: pharmacy, public health agency, school, state program", Sections(browser)["client:edit"]);
        Assert.Equal(7, Sections(browser)["client:view"].Count);
        Assert.Equal(["Administrator: at every type of organization"], Sections(browser)["people:manage"]);
        Assert.Equal(
            ["Help Desk: at every type of organization", "Registry Operator: at every type of organization"], Sections(browser)["people:manage-everywhere"]);
        Assert.Equal(["Administrator: at every type of organization", "Registry Operator: at every type of organization"], Sections(browser)["announcements:write"]);
        Assert.Equal(["Reports Only: at every type of organization"], Sections(browser)["inventory:order"]);   // of an application: no words of ours
    }

    [Theory]
    [EachDatabase(Roles.ViewOnly)]
    [EachDatabase(Roles.Standard)]
    [EachDatabase(Roles.ReportsOnly)]
    [EachDatabase(Roles.SchoolOrChildCare)]
    public async Task Who_gives_nobody_a_role_has_no_such_page(Database database, Roles roles)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: roles));
        Assert.DoesNotContain("Who may do what", browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync(Page);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    private static Dictionary<string, List<string>> Sections(PersonBrowser browser) => browser.Document.QuerySelectorAll("main section").ToDictionary(
        section => section.QuerySelector("h2 .code")!.TextContent,
        section => section.QuerySelectorAll("dl > div").Select(row => $"{row.QuerySelector("dt")!.TextContent}: {row.QuerySelector("dd")!.TextContent}").ToList());
}
