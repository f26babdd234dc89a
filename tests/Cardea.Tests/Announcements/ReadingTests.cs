using System.Net;
using Cardea.Rules.Announcements;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Announcements;

/// <summary>Who sees which announcement, when, in which language, and whether it is new to them.</summary>
public sealed class ReadingTests
{
    [Theory, EachDatabase]
    [Scenario("V8.2.2", "A-15")]
    public async Task Everybody_sees_what_is_meant_for_them_and_nobody_else_does(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var (north, south) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
        await app.AddAnnouncementAsync("all");
        await app.AddAnnouncementAsync("all administrators", audience: AnnouncementAudience.Administrators);
        await app.AddAnnouncementAsync("north", north);
        await app.AddAnnouncementAsync("north administrators", north, AnnouncementAudience.Administrators);
        await app.AddAnnouncementAsync("south", south);

        await SeesAsync(Roles.Standard, north, "all", "north");
        await SeesAsync(Roles.ViewOnly, south, "all", "south");
        await SeesAsync(Roles.Administrator, north, "all", "all administrators", "north", "north administrators");
        await SeesAsync(Roles.Administrator, south, "all", "all administrators", "south");
        await SeesAsync(Roles.RegistryOperator, await app.AddOrganizationAsync(), "all", "all administrators");

        using var patient = await app.SignInPatientAsync(await app.AddPatientAsync());
        Assert.DoesNotContain("all", await patient.ReadTitlesAsync());
        Assert.NotEqual(HttpStatusCode.OK, patient.Url == AnnouncementSteps.Read ? patient.Status : HttpStatusCode.NotFound);
        await patient.OpenAsync("/patient");
        Assert.DoesNotContain("/announcements", patient.Html, StringComparison.Ordinal);

        async Task SeesAsync(Roles roles, TestOrganization organization, params string[] titles)
        {
            using var browser = await app.SignInAsAsync(roles, organization);
            Assert.Equal("/", browser.Url);
            Assert.Equal(titles, browser.Document.QuerySelectorAll("section[aria-labelledby=announcements] li a").Select(link => link.TextContent).Order(StringComparer.Ordinal));
            Assert.Equal(titles, (await browser.ReadTitlesAsync()).Order(StringComparer.Ordinal));
        }
    }

    [Theory, EachDatabase]
    public async Task It_is_seen_from_its_beginning_to_its_end(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddAnnouncementAsync("brief", from: TimeSpan.FromMinutes(5), until: TimeSpan.FromMinutes(10));
        await app.AddAnnouncementAsync("endless", from: TimeSpan.FromMinutes(10));
        using var browser = await app.SignInAsAsync(Roles.Standard);

        Assert.Empty(await browser.ReadTitlesAsync());
        Assert.Contains("There are no announcements for you.", browser.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Empty(await browser.ReadTitlesAsync());
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["brief"], await browser.ReadTitlesAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["endless"], await browser.ReadTitlesAsync());
        await app.WriteAsync(db => db.Announcements.ExecuteUpdateAsync(set => set.SetProperty(a => a.WithdrawnAt, app.Clock.GetUtcNow())));
        Assert.Empty(await browser.ReadTitlesAsync());
    }

    [Theory]
    [EachDatabase("en", "English", "en")]
    [EachDatabase("es", "Español", "es")]
    [EachDatabase("fr", "English", "en")]   // there is none in French
    public async Task It_speaks_the_readers_language_where_it_was_written_in_it(Database database, string language, string title, string spoken)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddAnnouncementAsync("English", texts: ("es", "Español", "Texto en español."));
        using var browser = await app.SignInAsync(await app.AddPersonAsync(change: account => account.Language = language));

        var link = Assert.Single(browser.Document.QuerySelectorAll("section[aria-labelledby=announcements] li a"));
        Assert.Equal((title, spoken), (link.TextContent, link.GetAttribute("lang")));
        Assert.Equal([title], await browser.ReadTitlesAsync());
        Assert.Contains(spoken == "es" ? "Texto en español." : "Body of English.", browser.Text, StringComparison.Ordinal);
        Assert.All(browser.Document.QuerySelectorAll("article [lang]"), words => Assert.Equal(spoken, words.GetAttribute("lang")));
    }

    [Theory, EachDatabase]
    public async Task It_is_new_until_this_very_person_says_that_it_is_read(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var clinic = await app.AddOrganizationAsync();
        await app.AddAnnouncementAsync("first");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.AddAnnouncementAsync("second");
        using var browser = await app.SignInAsAsync(Roles.Standard, clinic);
        using var other = await app.SignInAsAsync(Roles.Standard, clinic);
        Assert.Equal(2, Marks(browser));
        await browser.OpenAsync(AnnouncementSteps.Read);
        await browser.RefreshAsync();
        Assert.Equal((2, "second"), (Marks(browser), browser.Titles[0]));   // looking changes nothing

        var form = browser.FormOf("Mark as read second");
        await browser.SubmitAsync(form);
        Assert.Equal(AnnouncementSteps.Read, browser.Url);
        Assert.Equal(["first", "second"], browser.Titles);   // what is new comes first
        Assert.Equal(1, Marks(browser));
        await browser.SubmitAsync(form);   // a double click
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.OpenAsync("/");
        Assert.Equal(1, Marks(browser));
        await other.OpenAsync("/");
        Assert.Equal(2, Marks(other));
        Assert.Single(await app.ReadAsync(db => db.AnnouncementReadings.ToListAsync()));
    }

    [Theory, EachDatabase]
    [Scenario("A-15")]
    public async Task Nothing_is_marked_that_is_not_for_this_person(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddAnnouncementAsync("mine");
        Guid[] others =
        [
            await app.AddAnnouncementAsync("others", await app.AddOrganizationAsync()),
            await app.AddAnnouncementAsync("administrators", audience: AnnouncementAudience.Administrators),
            await app.AddAnnouncementAsync("coming", from: TimeSpan.FromMinutes(1)),
            Guid.CreateVersion7(CardeaApp.Start),
        ];
        using var browser = await app.SignInAsAsync(Roles.Standard);
        await browser.OpenAsync(AnnouncementSteps.Read);
        var form = browser.FormOf("Mark as read mine");

        foreach (var id in others)
        {
            form["announcement"] = id.ToString();
            await browser.SubmitAsync(form);
            Assert.Equal(AnnouncementSteps.Read, browser.Url);
        }

        Assert.Empty(await app.ReadAsync(db => db.AnnouncementReadings.ToListAsync()));
    }

    /// <summary>Announcements are text and nothing else, whatever is in them.</summary>
    [Theory]
    [EachDatabase("<script>alert(1)</script>")]
    [EachDatabase("\"><img src=x onerror='alert(1)'>")]
    [EachDatabase("{0} @Model &lt;b&gt; %3Cb%3E")]
    [EachDatabase("صيانة النظام يوم الأحد")]
    [Scenario("V1.1.2", "V1.2.1", "V3.2.2")]
    public async Task What_was_typed_is_shown_and_never_becomes_more_than_text(Database database, string typed)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddAnnouncementAsync("plain", kind: AnnouncementKind.Maintenance, until: TimeSpan.FromHours(1));
        await app.WriteAsync(db => db.Set<Cardea.Features.Announcements.AnnouncementText>()
            .ExecuteUpdateAsync(set => set.SetProperty(text => text.Title, typed).SetProperty(text => text.Body, $"{typed}\nline two\n\n{typed}")));
        await app.WatchForMaintenanceAsync();
        using var browser = await app.SignInAsAsync(Roles.RegistryOperator);

        Assert.Equal([typed], browser.Document.QuerySelectorAll("section[aria-labelledby=announcements] li a").Select(link => link.TextContent));
        await IsOnlyTextAsync(AnnouncementSteps.Read);
        Assert.Equal([typed], browser.Titles);
        Assert.Equal(2, browser.Document.QuerySelectorAll("article div[lang] p").Length);
        Assert.Single(browser.Document.QuerySelectorAll("article div[lang] br"));
        await IsOnlyTextAsync(AnnouncementSteps.List);
        var edit = browser.Document.QuerySelector("main td a")!.GetAttribute("href")!;
        await IsOnlyTextAsync(edit);
        await browser.ClickAsync("Preview");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await IsOnlyTextAsync($"{edit}/withdraw");
        using var stranger = app.OpenBrowser();
        Assert.Contains(typed, Assert.Single(await stranger.OpenSignInAsync()), StringComparison.Ordinal);
        Assert.Empty(stranger.Document.QuerySelectorAll("script:not([src]), main img:not([src^='/']), [onerror]"));

        async Task IsOnlyTextAsync(string path)
        {
            await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Empty(browser.Document.QuerySelectorAll("script:not([src]), main img, [onerror], main b"));
        }
    }

    private static int Marks(PersonBrowser browser) => browser.Document.QuerySelectorAll("main .usa-tag").Count(tag => tag.TextContent == "New");
}
