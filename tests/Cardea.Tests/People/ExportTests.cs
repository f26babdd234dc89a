using System.Net;
using Cardea.Features.People;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.People;

/// <summary>The list leaves for a spreadsheet.</summary>
[Scenario("V1.2.10", "V7.5.3")]
public sealed class ExportTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\u00a0=1", "\"'\u00a0=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("\0=1", "\"'=1\"")]
    [InlineData("say \"hi\", Ben", "\"say \"\"hi\"\", Ben\"")]
    [InlineData("a-b=c", "\"a-b=c\"")]
    [InlineData(null, "\"\"")]
    public void No_cell_becomes_a_formula(string? text, string cell) => Assert.Equal($"{cell}\r\n", Csv.Line([text]));

    [Theory, EachDatabase, Scenario("S2-20", "A-15")]
    public async Task All_that_the_list_shows_and_nothing_else_is_in_it_and_the_audit_trail_says_so(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        await app.AddPersonAsync(organization: olga.Organization, change: account => (account.GivenName, account.FamilyName) = ("=cmd|' /C calc'!A0", "Ånström, \"B\""));
        var stranger = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync("/admin/people");

        await browser.FollowAsync("Export as CSV");

        Assert.Equal(("text/csv; charset=utf-8", HttpStatusCode.OK), (browser.Header("Content-Type"), browser.Status));
        Assert.StartsWith("attachment; filename=\"people-2026-", browser.Header("Content-Disposition"), StringComparison.Ordinal);
        var lines = browser.Html.Trim('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("\"Last name\",\"First name\",\"Username\",", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("\"Ånström, \"\"B\"\"\",\"'=cmd|' /C calc'!A0\",", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(stranger.Username, browser.Html, StringComparison.Ordinal);
        Assert.Contains(await app.AuditAsync(), e => e.Name == "people.exported.v1" && e.ActorId == olga.Id.ToString());
    }

    [Theory, EachDatabase]
    public async Task More_people_than_one_page_of_the_database_are_all_there_once(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var olga = await app.AddAdministratorAsync();
        for (var number = 0; number < 520; number++)
        {
            await app.AddPersonAsync(PersonKind.New, organization: olga.Organization);
        }

        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync(ExportModel.Path);

        var lines = browser.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.Equal((521, 521), (lines.Count, lines.Distinct().Count()));
    }

    [Theory, EachDatabase]
    public async Task Whoever_has_not_signed_in_recently_confirms_first(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        using var browser = await app.SignInAsync(olga);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await browser.OpenAsync("/admin/people");
        Assert.Equal("/admin/people", browser.Url);
        await browser.OpenAsync(ExportModel.Path);

        Assert.StartsWith("/account/confirm", browser.Url, StringComparison.Ordinal);
    }

    /// <summary>Issue 5, bad input: ten thousand parallel searches by one administrator.</summary>
    [Theory, EachDatabase, Scenario("A-17", "V2.4.1")]
    public async Task One_person_who_asks_very_often_at_once_is_told_to_wait_and_others_are_not(Database database)
    {
        var app = await apps.OnAsync(database);
        var (olga, desk) = (await app.AddAdministratorAsync(), await app.AddHelpDeskAsync());
        using var greedy = await app.SignInAsync(olga);
        using var other = await app.SignInAsync(desk);
        var copies = Enumerable.Range(0, 400).Select(_ => greedy.Copy(app)).ToList();

        var searches = copies.Select(copy => Task.Run(async () =>
        {
            await copy.OpenAsync("/admin/people?search=a");
            return copy.Status;
        })).ToList();
        await other.OpenAsync("/admin/people?search=a");
        var answers = await Task.WhenAll(searches);

        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{status}"));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Contains(HttpStatusCode.OK, answers);
        copies.ForEach(copy => copy.Dispose());
    }
}
