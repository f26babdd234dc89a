using System.Net;
using Cardea.Data;
using Cardea.Features.Agreements;
using Cardea.Features.Sessions;
using Cardea.Rules.Agreements;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Agreements;

public sealed class UserAgreementTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/sign-in/agreement", AdministratorPage = "/sign-in/administrator-agreement";

    [Theory, EachDatabase]
    [Scenario("S2-05", "I-02", "W-2.1.1")]
    public async Task The_whole_text_is_shown_in_a_region_that_the_keyboard_reaches(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);

        using var browser = await app.SignInAsync(amina);

        Assert.Equal((Page, "User agreement (en)"), (browser.Url, browser.Heading));
        var region = browser.Document.QuerySelector("[role=region][tabindex='0']");
        Assert.NotNull(region);
        Assert.Equal(browser.Document.QuerySelector("h1")!.Id, region.GetAttribute("aria-labelledby"));
        Assert.Equal("Words", region.QuerySelector("h2")!.TextContent);
        Assert.StartsWith("Of version ", region.QuerySelector("p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("User agreement", browser.Document.QuerySelector("[aria-current=step]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-05", "S2-09", "I-02", "A-06")]
    public async Task Nothing_else_is_reachable_before_the_agreement_is_accepted(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));
        var form = browser.FormOf("Accept");

        foreach (var other in (string[])["/", "/account", AdministratorPage, "/sign-in/password", "/sign-in/email", "/sign-in/email/code", "/sign-in/security-questions"])
        {
            await browser.OpenAsync(other);
            Assert.StartsWith(Page, browser.Url, StringComparison.Ordinal);

            form.Target = new(form.Target, other);
            await browser.SubmitAsync(form);
            Assert.StartsWith(Page, browser.Url, StringComparison.Ordinal);
        }

        Assert.Equal("User agreement (en)", browser.Heading);
    }

    [Theory, EachDatabase]
    [Scenario("S2-05", "S2-15", "I-03")]
    public async Task Accepting_records_which_words_who_when_and_from_where_and_leads_on(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina, clientAddress: "198.51.100.4");

        await browser.ClickAsync("Accept");

        Assert.Equal("/", browser.Url);
        var text = await TextInForceAsync(app, AgreementKind.User, "en");
        var accepted = Assert.Single(await AcceptancesAsync(app, amina));
        Assert.Equal(
            (AgreementKind.User, text.VersionId, "en", text.Hash, app.Clock.GetUtcNow(), "198.51.100.4"),
            (accepted.Kind, accepted.VersionId, accepted.Language, accepted.TextHash, accepted.At, accepted.Address));

        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "agreement.accepted.v1" && e.SubjectId == amina.Id);
        Assert.Equal((amina.Id.ToString(), amina.Organization.Id, "198.51.100.4"), (entry.ActorId, entry.OrganizationId, entry.Address));
        Assert.Contains(text.Hash, entry.Payload, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-05", "S0-01")]
    public async Task Accepting_leads_to_the_page_first_asked_for(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/account");
        await browser.SignInAsync(amina);

        await browser.ClickAsync("Accept");

        Assert.Equal("/account", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S2-05", "X-02")]
    public async Task Declining_signs_out_and_accepts_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);

        await browser.ClickAsync("Decline");

        Assert.Equal("/sign-in?declined=true", browser.Url);
        Assert.Contains("You declined the agreement", browser.Text, StringComparison.Ordinal);
        Assert.Contains(browser.SetCookies, cookie => cookie.StartsWith("__Host-cardea-session=;", StringComparison.Ordinal));
        var session = await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id));
        Assert.Equal((app.Clock.GetUtcNow(), SessionEnd.AgreementDeclined), (session.EndedAt, session.EndedBecause));
        Assert.Equal("AgreementDeclined", Assert.Single(await app.AuditAsync(), e => e.Name == "session.ended.v1" && e.SubjectId == amina.Id).Reason);
        Assert.Empty(await AcceptancesAsync(app, amina));

        await browser.OpenAsync("/");
        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
        await browser.SignInAsync(amina);
        Assert.Equal(Page, browser.Url);   // asked again, and free to accept
    }

    [Theory, EachDatabase]
    [Scenario("S2-05")]
    public async Task Accepting_in_several_tabs_at_once_counts_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Accept");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var tab = browser.Copy(app);
            tab.FollowsRedirects = false;
            await tab.SubmitAsync(form);
            Assert.Equal(HttpStatusCode.Redirect, tab.Status);
        }));

        Assert.Single(await AcceptancesAsync(app, amina));
        Assert.Single(await app.AuditAsync(), e => e.Name == "agreement.accepted.v1" && e.SubjectId == amina.Id);
    }

    [Theory, EachDatabase]
    [Scenario("S2-05", "S2-15", "I-03")]
    public async Task A_version_published_while_somebody_reads_is_shown_before_it_can_be_accepted(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        await app.PublishAgreementsAsync();

        await browser.ClickAsync("Accept");

        Assert.Equal((Page, HttpStatusCode.Conflict), (browser.Url, browser.Status));
        Assert.Contains("no longer the agreement in force", browser.Alert, StringComparison.Ordinal);
        var newest = await TextInForceAsync(app, AgreementKind.User, "en");
        Assert.Contains(newest.Body.Split('\n')[^1], browser.Text, StringComparison.Ordinal);
        Assert.Empty(await AcceptancesAsync(app, amina));

        await browser.ClickAsync("Accept");
        Assert.Equal("/", browser.Url);
        Assert.Equal(newest.VersionId, Assert.Single(await AcceptancesAsync(app, amina)).VersionId);
    }

    [Theory]
    [EachDatabase("Input.Version", "01900000-0000-7000-8000-000000000000")]
    [EachDatabase("Input.Version", "1 or 1=1")]
    [EachDatabase("Input.Version", null)]
    [EachDatabase("Input.TextLanguage", "xx")]
    [EachDatabase("Input.TextLanguage", null)]
    [EachDatabase("Input.Answer", "yes")]
    [EachDatabase("Input.Answer", null)]
    [Scenario("A-14", "V15.3.5", "S2-05")]
    public async Task An_answer_to_words_that_were_not_shown_accepts_nothing(Database database, string field, string? value)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Accept");
        form.Remove(field);
        if (value is not null)
        {
            form.Add(field, value);
        }

        await browser.SubmitAsync(form);

        Assert.Equal((Page, "User agreement (en)"), (browser.Url, browser.Heading));
        Assert.Contains(field == "Input.Answer" ? "Choose Accept or Decline." : "nothing was recorded", browser.Alert, StringComparison.Ordinal);
        Assert.Empty(await AcceptancesAsync(app, amina));
    }

    [Theory, EachDatabase]
    [Scenario("A-14", "V15.3.7")]
    public async Task Two_answers_at_once_are_none(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Accept");
        form.Add("Input.Answer", "decline");

        await browser.SubmitAsync(form);

        Assert.Equal((Page, HttpStatusCode.BadRequest, "Choose Accept or Decline."), (browser.Url, browser.Status, browser.Alert));
        Assert.Empty(await AcceptancesAsync(app, amina));
    }

    [Theory, EachDatabase]
    [Scenario("S0-17", "S2-05")]
    public async Task The_text_follows_the_language_and_what_was_read_is_what_is_recorded(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);

        await browser.ClickAsync("Français");
        Assert.Equal((Page, "User agreement (fr)"), (browser.Url, browser.Heading));
        await browser.ClickAsync("Accepter");

        Assert.Equal("/", browser.Url);
        Assert.Equal("fr", Assert.Single(await AcceptancesAsync(app, amina)).Language);
    }

    [Theory, EachDatabase]
    [Scenario("S2-05", "V1.2.1")]
    public async Task A_text_without_a_translation_is_shown_in_English_and_nothing_in_it_becomes_markup(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.Language = "es");
        var version = new AgreementVersion { Id = app.Clock.NewId(), Kind = AgreementKind.User, Number = 1, PublishedAt = app.Clock.GetUtcNow() };
        version.Texts.Add(new()
        {
            VersionId = version.Id,
            Language = "en",
            Title = "<b>Terms</b>",
            Body = "# <i>One</i>\n\n<script>alert(1)</script> & more",
            Hash = new('0', 64),
        });
        await app.WriteAsync(async db =>
        {
            db.Add(version);
            await db.SaveChangesAsync();
        });

        using var browser = await app.SignInAsync(amina);

        Assert.Equal((Page, "<b>Terms</b>"), (browser.Url, browser.Heading));
        var region = browser.Document.QuerySelector("[role=region]")!;
        Assert.Equal("en", region.GetAttribute("lang"));
        Assert.Equal("<script>alert(1)</script> & more", region.QuerySelector("p")!.TextContent);
        Assert.Empty(region.QuerySelectorAll("script, i, b"));
        Assert.Contains("Se muestra en su idioma original: English.", browser.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-06", "S2-09")]
    public async Task Administrators_accept_their_own_agreement_in_addition(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app, Roles.Standard | Roles.Administrator);
        using var browser = await app.SignInAsync(amina);

        await browser.ClickAsync("Accept");
        Assert.Equal((AdministratorPage, "Administrator agreement (en)"), (browser.Url, browser.Heading));
        await browser.OpenAsync("/");
        Assert.StartsWith(AdministratorPage, browser.Url, StringComparison.Ordinal);
        await browser.ClickAsync("Accept");

        Assert.Equal("/", browser.Url);
        Assert.Equal([AgreementKind.User, AgreementKind.Administrator], (await AcceptancesAsync(app, amina)).Select(a => a.Kind));
    }

    [Theory, EachDatabase]
    [Scenario("S2-06", "X-03")]
    public async Task Who_becomes_an_administrator_while_signed_in_accepts_before_going_on(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/", browser.Url);

        await app.WriteAsync(db => db.Memberships
            .Where(m => m.AccountId == amina.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Roles.Standard | Roles.Administrator)));
        await browser.OpenAsync("/account");
        Assert.StartsWith(AdministratorPage, browser.Url, StringComparison.Ordinal);
        await browser.ClickAsync("Accept");

        Assert.Equal("/account", browser.Url);
        Assert.Equal(AgreementKind.Administrator, (await AcceptancesAsync(app, amina))[^1].Kind);
    }

    [Theory, EachDatabase]
    [Scenario("S2-15", "X-03", "I-03")]
    public async Task A_year_later_both_agreements_are_asked_again_at_the_next_sign_in_but_not_before(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await app.SignInAsync(amina);

        await MoveAcceptancesAsync(app, amina, TimeSpan.FromDays(365) - TimeSpan.FromSeconds(1));
        using var dayBefore = await app.SignInAsync(amina);
        Assert.Equal("/", dayBefore.Url);

        await MoveAcceptancesAsync(app, amina, TimeSpan.FromSeconds(1));
        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);

        using var next = await app.SignInAsync(amina);
        Assert.Equal(Page, next.Url);
        await next.ClickAsync("Accept");
        Assert.Equal(AdministratorPage, next.Url);
        await next.ClickAsync("Accept");
        Assert.Equal("/", next.Url);
        Assert.Equal(4, (await AcceptancesAsync(app, amina)).Count);   // what was accepted before stays on record
    }

    /// <summary>Everything else is done; only the agreements, in a version of their own, are due.</summary>
    private static async Task<TestPerson> AddPersonWhoIsAskedAsync(CardeaApp app, Roles roles = Roles.Standard)
    {
        await app.PublishAgreementsAsync();
        var person = await app.AddPersonAsync(roles: roles);
        await app.WriteAsync(db => db.AgreementAcceptances.Where(a => a.AccountId == person.Id).ExecuteDeleteAsync());
        return person;
    }

    private static async Task<List<AgreementAcceptance>> AcceptancesAsync(CardeaApp app, TestPerson person)
    {
        var found = await app.ReadAsync(db => db.AgreementAcceptances.AsNoTracking().Where(a => a.AccountId == person.Id).ToListAsync());
        return [.. found.OrderBy(a => a.At).ThenBy(a => a.Kind)];
    }

    private static Task<AgreementText> TextInForceAsync(CardeaApp app, AgreementKind kind, string language) => app.ReadAsync(async db =>
        (await db.AgreementVersions.AsNoTracking().Include(v => v.Texts).Where(v => v.Kind == kind).OrderBy(v => v.Number).LastAsync())
            .Texts.Single(text => text.Language == language));

    /// <summary>Instead of the clock, by which passwords and sessions would end, too.</summary>
    private static Task MoveAcceptancesAsync(CardeaApp app, TestPerson person, TimeSpan back) => app.WriteAsync(async db =>
    {
        foreach (var acceptance in await db.AgreementAcceptances.AsNoTracking().Where(a => a.AccountId == person.Id).ToListAsync())
        {
            var at = acceptance.At - back;
            await db.AgreementAcceptances.Where(a => a.Id == acceptance.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.At, at));
        }
    });
}
