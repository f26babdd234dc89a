using System.Reflection;
using System.Resources;
using AngleSharp.Dom;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.MyAccount;
using Cardea.Rules.Permissions;
using Words = Cardea.Features.MyAccount.Words;

namespace Cardea.Tests.MyAccount;

/// <summary>Who did what with my account, in plain words.</summary>
[Scenario("S2-10")]
public sealed class MyActivityTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/account/activity";

    [Theory, EachDatabase]
    public async Task It_says_what_happened_by_whom_and_from_where(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var amina = await app.AddPersonAsync(organization: clinic);
        var helper = await app.AddPersonAsync(roles: Roles.Administrator, organization: clinic, change: a => (a.GivenName, a.FamilyName) = ("Paula", "Meyer"));
        using (var stranger = app.OpenBrowser("198.51.100.66"))
        {
            await stranger.OpenAsync("/sign-in");
            await stranger.SignInAsync(amina, "Wrong#Password42");
        }

        await app.WriteAsync(db =>
        {
            db.AuditEntries.Add(Entry(app, AccountUnlocked.Name, amina, ActorKind.Person, helper.Id.ToString(), "192.0.2.99"));
            db.AuditEntries.Add(Entry(app, AccountDisabled.Name, amina, ActorKind.Person, app.Clock.NewId().ToString(), "192.0.2.98"));
            db.AuditEntries.Add(Entry(app, AccountEnabled.Name, amina, ActorKind.CommandLine, "root"));
            return db.SaveChangesAsync();
        });
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account");

        await browser.OpenAsync(Page);

        var lines = Lines(browser);
        Assert.Contains(lines, line => line.StartsWith("A sign-in with your name was refused: wrong password.", StringComparison.Ordinal)
            && line.EndsWith("from 198.51.100.66", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Your account was unlocked.", StringComparison.Ordinal) && line.Contains("by Paula Meyer", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Your account was disabled.", StringComparison.Ordinal) && line.EndsWith("by somebody else", StringComparison.Ordinal));
        Assert.DoesNotContain("192.0.2.9", browser.Text, StringComparison.Ordinal);   // where others work is theirs
        Assert.Contains(lines, line => line.StartsWith("Your account was enabled again.", StringComparison.Ordinal)
            && line.Contains("by a registry operator, at the server", StringComparison.Ordinal) && !line.Contains("root", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("A sign-in with your name began with the right password or passkey.", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Pages_follow_one_another_without_gap_or_repetition_also_within_one_moment(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await app.WriteAsync(db =>
        {
            db.AuditEntries.AddRange(Enumerable.Range(0, 60).Select(number => Entry(app, AccountUnlocked.Name, amina, ActorKind.System, null, $"192.0.2.{number}")));
            return db.SaveChangesAsync();
        });

        await browser.OpenAsync(Page);
        var seen = Lines(browser);
        Assert.Equal(25, seen.Count);
        while (browser.Document.QuerySelectorAll("main a").Any(link => link.TextContent == "Older"))
        {
            await browser.FollowAsync("Older");
            seen.AddRange(Lines(browser));
        }

        Assert.Equal(60, seen.Where(line => line.Contains("192.0.2.", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(seen.Count, await app.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.SubjectId == amina.Id && entry.Name != "message.sent.v1")));
        await browser.FollowAsync("Newest");
        Assert.Equal(Page, browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("A-15")]
    public async Task Nothing_of_somebody_else_is_shown(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using (var bens = await app.SignInAsync(ben, clientAddress: "198.51.100.44"))
        {
        }

        var entry = await app.ReadAsync(db => db.AuditEntries.Where(e => e.SubjectId == ben.Id).Select(e => e.Id).FirstAsync());
        using var browser = await app.SignInAsync(amina);

        await browser.OpenAsync($"{Page}?before={entry}");

        Assert.DoesNotContain("198.51.100.44", browser.Text, StringComparison.Ordinal);
        Assert.NotEmpty(Lines(browser));   // the first page, as if nothing had been asked for
    }

    /// <summary>A new event gets words, or somebody decides that it needs none.</summary>
    [Fact]
    public void Every_event_that_happens_to_an_account_has_words()
    {
        var words = new ResourceManager(typeof(Words)).GetResourceSet(System.Globalization.CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
            .Cast<System.Collections.DictionaryEntry>().Select(word => (string)word.Key).ToHashSet();
        var names = typeof(IAuditEvent).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IAuditEvent)) && !type.IsInterface && type.GetConstructors()[0].GetParameters().Any(p => p.Name == "AccountId"))
            .Select(type => (string)type.GetProperty("Name", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
            .ToList();

        Assert.True(names.Count > 40, $"{names.Count} events");
        Assert.All(names.Except(ActivityWords.NotShown), name => Assert.Contains($"Activity.{name[..name.LastIndexOf('.')]}", words));
        Assert.Empty(ActivityWords.NotShown.Except(names));
    }

    private static AuditEntry Entry(CardeaApp app, string name, TestPerson subject, ActorKind kind, string? actor, string? address = null) => new()
    {
        Id = app.Clock.NewId(),
        Name = name,
        At = app.Clock.Now,
        ActorKind = kind,
        ActorId = actor,
        SubjectId = subject.Id,
        Outcome = AuditOutcome.Success,
        Address = address,
        Origin = "test",
        Payload = "{}",
    };

    private static List<string> Lines(PersonBrowser browser) =>
        [.. browser.Document.QuerySelectorAll(".holdings li").Select(line => string.Join(' ', line.Text().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];
}
