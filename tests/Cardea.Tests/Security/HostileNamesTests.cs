using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cardea.Features.SetUp;
using Cardea.Rules;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Security;

/// <summary>Names are shown as they were typed, on every page, and never become more than text. Mails: <see cref="Messages.MailTests"/>.</summary>
public sealed class HostileNamesTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly string[] LinksOfTheHelpDesk =
        ["tel:6125550100", "mailto:help%3Fbcc%3Devil@registry.example", "https://help.registry.example/?a=1&b=%22"];

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\"><script>alert(1)</script>' onmouseover='alert(1)")]
    [InlineData("</title></textarea><svg onload=alert(1)>javascript:${alert(1)}")]
    [InlineData("{0} {1:N} {{2}} %s @Model.Person %3Cb%3E %253Cb%253E &lt;b&gt; &amp;lt;b&gt; +")]
    [InlineData("أمينة ديالو")]
    [Scenario("V1.1.1", "V1.1.2", "V1.2.1", "V1.2.2", "V1.2.3", "V3.2.2")]
    public async Task On_every_page_a_name_is_what_was_typed(string name)
    {
        Assert.Null(PlainLine.Check(name, 80));   // the product takes it
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        using var stranger = app.OpenBrowser();
        await SetUpAsync(app, stranger, name);
        await app.PublishAgreementsAsync();
        var administrator = await app.AddPersonAsync(PersonKind.New, Roles.Administrator, change: account => (account.GivenName, account.FamilyName) = (name, name));
        await app.WriteAsync(db => db.Organizations.ExecuteUpdateAsync(set => set.SetProperty(organization => organization.Name, name)));
        var viewer = await app.AddPersonAsync(PersonKind.Returning, Roles.ViewOnly, administrator.Organization, change: account => (account.GivenName, account.FamilyName) = (name, name));

        await LookAtEveryPageAsync(app, stranger, name);

        using var beginner = await app.SignInAsync(administrator);
        var steps = new List<string>();
        while (beginner.Url != "/")
        {
            Assert.DoesNotContain(beginner.Url, steps);
            steps.Add(beginner.Url);
            IsOnlyText(beginner, name);
            await app.SettleAsync(administrator, beginner.Url);
            await beginner.OpenAsync("/");
        }

        Assert.Equal(["/sign-in/password", "/sign-in/agreement", "/sign-in/administrator-agreement", "/sign-in/email", "/sign-in/security-questions", "/sign-in/second-factor-set-up/choose"], steps);
        await LookAtEveryPageAsync(app, beginner, name);

        using var inside = await app.SignInAsync(viewer);
        Assert.Contains(inside.Document.QuerySelectorAll("#my-dashboard li"), line => line.TextContent.Contains($"{name} {name}", StringComparison.Ordinal));
        await LookAtEveryPageAsync(app, inside, name);

        using var patient = await app.SignInPatientAsync(await app.AddPatientAsync(change: account => (account.GivenName, account.FamilyName) = (name, name)));
        Assert.Contains($"{name} {name}", patient.Document.QuerySelectorAll("main dd").Select(fact => fact.TextContent));
        await LookAtEveryPageAsync(app, patient, name);
    }

    /// <summary>Decoded once, where the form is read: what looks encoded is text like any other.</summary>
    [Theory]
    [InlineData("%3Cb%3E%2541+1 &lt;b&gt; &#x41; \\u0041 =?utf-8?q?a?=")]
    [InlineData("<b>\"'&amp;")]
    [Scenario("V1.1.1", "V1.1.2")]
    public async Task What_is_typed_comes_back_as_it_was(string typed)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");

        await browser.SignInAsync(typed, typed, "Wrong#Password11");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Equal(typed, ((IHtmlInputElement)browser.Field("Organization Code")).Value);
        Assert.Equal(typed, ((IHtmlInputElement)browser.Field("Username")).Value);
    }

    private static async Task SetUpAsync(CardeaApp app, PersonBrowser browser, string name)
    {
        var token = await app.RunAsync<SetUpDoor, string>(async door => (await door.OpenAsync(CancellationToken.None))!);
        await browser.OpenAsync($"/set-up?token={token}");
        string[] names = ["Registry Name", "Help Desk Name", "Organization Name", "Given Name", "Family Name"];
        foreach (var label in names)
        {
            browser.Fill(label, name);
        }

        browser.Fill("Public Address", "https://signin.registry.example");
        browser.Fill("Help Desk Email", "help?bcc=evil@registry.example");
        browser.Fill("Help Desk Phone", "612-555-0100");
        browser.Fill("Help Desk Website", LinksOfTheHelpDesk[^1]);
        browser.Fill("Organization Code", "REGISTRY");
        browser.Fill("Time Zone", "Central Time (Chicago)");
        browser.Fill("Work Email Address", "olga@registry.example");
        browser.Fill("Username", "olga");
        await browser.ClickAsync("Set Up");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        HasOnlyOurMarkup(browser);
        Assert.All(names, label => Assert.Equal(name, ((IHtmlInputElement)browser.Field(label)).Value));
        browser.Fill("New Password", TestPeople.OwnPassword);
        browser.Fill("Confirm New Password", TestPeople.OwnPassword);
        await browser.ClickAsync("Set Up");
        Assert.Equal("/set-up/done", browser.Url);
        IsOnlyText(browser, name);
    }

    private static async Task LookAtEveryPageAsync(CardeaApp app, PersonBrowser browser, string name)
    {
        foreach (var page in app.Pages.Append("/nowhere").Where(page => page is not ("/session/stay" or "/sign-in/passkey")))
        {
            await browser.OpenAsync(page);
            IsOnlyText(browser, name);
        }
    }

    private static void IsOnlyText(PersonBrowser browser, string name)
    {
        HasOnlyOurMarkup(browser);
        Assert.EndsWith($"· {name}", browser.Document.Title, StringComparison.Ordinal);
        Assert.Equal(name, browser.Document.QuerySelector(".brand__name")!.TextContent);
        Assert.Equal(name, browser.Document.QuerySelector(".footer__contacts li")!.TextContent);
        Assert.Equal(LinksOfTheHelpDesk, browser.Document.QuerySelectorAll(".footer__contacts a").Select(link => link.GetAttribute("href")));
        if (browser.Document.QuerySelector(".header__organization") is { } organization)
        {
            Assert.StartsWith($"{name} {name} ", organization.ParentElement!.TextContent, StringComparison.Ordinal);
        }
    }

    private static void HasOnlyOurMarkup(PersonBrowser browser)
    {
        Assert.Empty(browser.Document.QuerySelectorAll("script:not([src^='/']), img:not([src^='/']), b, iframe, [style]"));
        Assert.DoesNotContain(browser.Document.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(
            browser.Document.QuerySelectorAll("[href], [action]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("action")!).Except(LinksOfTheHelpDesk),
            link => Assert.True(link.StartsWith('/') || link.StartsWith('#') || link.StartsWith("mailto:", StringComparison.Ordinal), link));
    }
}
