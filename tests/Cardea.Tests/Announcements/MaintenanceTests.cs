using System.Net;
using Cardea.Features.Announcements;
using Cardea.Rules.Announcements;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Announcements;

/// <summary>Maintenance is said on the sign-in page, to whoever is about to sign in.</summary>
public sealed class MaintenanceTests
{
    [Theory]
    [EachDatabase("/sign-in")]
    [EachDatabase("/patient/sign-in")]
    public async Task It_stands_there_from_a_day_before_it_begins_to_its_end(Database database, string page)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddAnnouncementAsync("Upgrade", kind: AnnouncementKind.Maintenance, from: TimeSpan.FromHours(25), until: TimeSpan.FromHours(26));
        await app.AddAnnouncementAsync("No news", until: TimeSpan.FromHours(26));
        using var browser = app.OpenBrowser();

        Assert.Empty(await browser.OpenSignInAsync(page));
        await AdvanceAsync(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Empty(await browser.OpenSignInAsync(page));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.StartsWith("Upgrade (", Assert.Single(await browser.OpenSignInAsync(page)), StringComparison.Ordinal);
        await AdvanceAsync(TimeSpan.FromHours(24.5));
        Assert.Contains("Body of Upgrade.", Assert.Single(await browser.OpenSignInAsync(page)), StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(30));   // over at once, also where nobody has looked again
        Assert.Empty(await browser.OpenSignInAsync(page));

        async Task AdvanceAsync(TimeSpan time)
        {
            app.Clock.Advance(time);
            await app.WatchForMaintenanceAsync();
        }
    }

    [Theory, EachDatabase]
    public async Task Its_times_are_those_of_who_runs_the_registry_and_mean_the_same_everywhere(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddAnnouncementAsync(
            "Upgrade",
            kind: AnnouncementKind.Maintenance,
            until: TimeSpan.FromHours(2),
            writer: await app.AddPersonAsync(roles: Roles.RegistryOperator),
            texts: ("es", "Actualización", "Vuelva más tarde."));
        using var browser = app.OpenBrowser();

        Assert.Equal(
            "Upgrade (Monday, March 2, 2026 8:00 AM, UTC-06:00 – Monday, March 2, 2026 10:00 AM, UTC-06:00). Body of Upgrade.",
            Assert.Single(await browser.OpenSignInAsync()).Replace('\u202f', ' '));
        Assert.StartsWith("Actualización (lunes, 2 de marzo de 2026", Assert.Single(await browser.OpenSignInAsync(language: "es")), StringComparison.Ordinal);
        Assert.StartsWith("Upgrade (Monday", Assert.Single(await browser.OpenSignInAsync(language: "fr")), StringComparison.Ordinal);
        Assert.Equal("en", browser.Document.QuerySelector(".usa-alert--warning p")!.GetAttribute("lang"));
    }

    [Theory, EachDatabase]
    public async Task The_page_asks_the_database_nothing_and_is_there_without_one(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddAnnouncementAsync("Upgrade", kind: AnnouncementKind.Maintenance, until: TimeSpan.FromDays(1));
        using var browser = app.OpenBrowser();
        await browser.OpenSignInAsync();
        app.Statements.Clear();
        Assert.Single(await browser.OpenSignInAsync());
        Assert.Empty(app.Statements.TextsOfRequests);

        app.Statements.AllFail = true;
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(await browser.OpenSignInAsync());
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Theory, EachDatabase]
    public async Task Another_node_knows_of_it_after_its_next_look_and_a_new_one_from_the_start(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await using var node = app.StartSecondNode();
        using var browser = node.OpenBrowser();
        await app.AddAnnouncementAsync("Upgrade", kind: AnnouncementKind.Maintenance, until: TimeSpan.FromDays(1));
        Assert.Empty(await browser.OpenSignInAsync());

        await node.WatchForMaintenanceAsync();
        Assert.Single(await browser.OpenSignInAsync());
        await using var later = app.StartSecondNode();
        using var elsewhere = later.OpenBrowser();
        Assert.Single(await elsewhere.OpenSignInAsync());
    }

    /// <summary>A look that took long must not bring back what was withdrawn meanwhile.</summary>
    [Fact]
    public void What_was_read_later_is_truer_even_if_it_arrives_first()
    {
        var notices = new MaintenanceNotices(TimeProvider.System);
        var (slow, fast) = (notices.BeginReading(), notices.BeginReading());
        var upgrade = new AnnouncedMaintenance(
            DateTimeOffset.MinValue.AddDays(2), DateTimeOffset.MaxValue.AddDays(-2), "UTC", new Dictionary<string, Wording> { ["en"] = new("Upgrade", "Soon.") });

        notices.Know([], fast);
        notices.Know([upgrade], slow);

        Assert.Empty(notices.In("en"));
    }
}
