using System.Net;
using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using Cardea.Rules.Announcements;
using Cardea.Rules.Permissions;
using static Cardea.Tests.Announcements.AnnouncementSteps;

namespace Cardea.Tests.Announcements;

/// <summary>Operators write to everybody, administrators to their own people.</summary>
public sealed class WritingTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Publish = "Publish", Preview = "Preview", Title = "Title, English", Body = "Text, English";

    private static int _written;

    [Theory, EachDatabase]
    [Scenario("V8.2.1", "A-15")]
    public async Task Who_may_write_has_the_pages_and_nobody_else_does(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var id = await app.AddAnnouncementAsync("Closed on Friday", clinic);
        foreach (var roles in Enum.GetValues<Roles>().Where(roles => roles is not Roles.None))
        {
            using var browser = await app.SignInAsAsync(roles, clinic);
            var may = roles is Roles.Administrator or Roles.RegistryOperator;
            Assert.Equal(may, browser.Document.QuerySelector($"a[href='{List}']") is not null);
            foreach (var page in (string[])[List, New, $"{List}/{id}", $"{List}/{id}/withdraw"])
            {
                await browser.OpenAsync(page);
                Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.NotFound, browser.Status);
            }

            await browser.OpenAsync("/guidance");
            var form = browser.FormOf("Español");
            form.Target = new($"{List}/{id}", UriKind.Relative);   // the page in another language is none for strangers either
            await browser.SubmitAsync(form);
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.NotFound, browser.Status);
        }
    }

    [Theory, EachDatabase]
    public async Task What_an_operator_publishes_is_seen_by_everybody_and_recorded(Database database)
    {
        var app = await apps.OnAsync(database);
        var title = NewTitle();
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        using var browser = await app.SignInAsync(olga);
        using var reader = await app.SignInAsAsync(Roles.Standard);
        await browser.FollowAsync("Write and change announcements");
        await browser.FollowAsync("Write an announcement");

        browser.Fill(Title, $"  {title} ");
        browser.Fill(Body, "One.\r\n\r\nTwo.   \r\n");
        browser.Fill("Title, Español", "Hola");
        browser.Fill("Text, Español", "Uno.");
        browser.Fill("Until", "2026-03-09T09:30");
        await browser.ClickAsync(Preview);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal([title, "Hola"], browser.Document.QuerySelectorAll("#preview h3").Select(heading => heading.TextContent));
        Assert.DoesNotContain(title, await reader.ReadTitlesAsync());
        var form = browser.FormOf(Publish);
        await browser.SubmitAsync(form);

        Assert.Equal($"{List}?done=published", browser.Url);
        Assert.Contains("The announcement has been published.", browser.Text, StringComparison.Ordinal);
        Assert.Contains(title, await reader.ReadTitlesAsync());
        await browser.SubmitAsync(form);   // the second click of two
        Assert.Equal(($"{List}?done=published", HttpStatusCode.OK), (browser.Url, browser.Status));
        var kept = await app.ReadAnnouncementAsync(title);
        Assert.Equal((AnnouncementKind.News, AnnouncementAudience.Everybody, null, olga.Id), (kept.Kind, kept.Audience, kept.OrganizationId, kept.WrittenBy));
        Assert.Equal((CardeaApp.Start, CardeaApp.Start.AddDays(7).AddMinutes(30)), (kept.From, kept.Until));   // in Chicago summer has begun: one hour less
        Assert.Equal([("en", "One.\n\nTwo."), ("es", "Uno.")], kept.Texts.Select(text => (text.Language, text.Body)).Order());
        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "announcement.written.v1" && e.ActorId == olga.Id.ToString());
        Assert.StartsWith($$"""{"AnnouncementId":"{{kept.Id}}","Kind":"News","Audience":"Everybody",""", entry.Payload, StringComparison.Ordinal);
        Assert.DoesNotContain(title, entry.Payload, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("A-15", "A-19")]
    public async Task An_administrator_writes_to_the_own_people_only_whatever_the_form_says(Database database)
    {
        var app = await apps.OnAsync(database);
        var (clinic, other) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
        using var browser = await app.SignInAsAsync(Roles.Administrator, clinic);
        await browser.OpenAsync(New);
        Assert.Empty(browser.Document.QuerySelectorAll("[name='Input.Kind'], [name='Input.OrganizationCode']"));
        var title = NewTitle();
        browser.Fill(Title, title);
        browser.Fill(Body, "Everything.");
        browser.Fill("Until", "2026-03-03T09:30");
        var form = browser.FormOf(Publish);
        form.Add("Input.Kind", "Maintenance");
        form.Add("Input.OrganizationCode", other.Code);

        await browser.SubmitAsync(form);

        var kept = await app.ReadAnnouncementAsync(title);
        Assert.Equal((AnnouncementKind.News, clinic.Id), (kept.Kind, kept.OrganizationId));
        using var stranger = await app.SignInAsAsync(Roles.Administrator, other);
        Assert.DoesNotContain(title, await stranger.ReadTitlesAsync());
    }

    [Theory, EachDatabase]
    [Scenario("A-15")]
    public async Task Somebody_elses_announcement_is_not_there(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        using var browser = await app.SignInAsAsync(Roles.Administrator, clinic);
        var own = await app.AddAnnouncementAsync(NewTitle(), clinic);
        await browser.OpenAsync($"{List}/{own}");
        browser.Fill(Title, "Taken over");
        var (edit, answers) = (browser.FormOf("Publish the change"), new List<HttpStatusCode>());
        await browser.OpenAsync($"{List}/{own}/withdraw");
        var withdraw = browser.FormOf("Withdraw");

        foreach (var id in (Guid[])[await app.AddAnnouncementAsync("For all"), await app.AddAnnouncementAsync("South", await app.AddOrganizationAsync()), Guid.CreateVersion7(CardeaApp.Start)])
        {
            await browser.OpenAsync($"{List}/{id}");
            answers.Add(browser.Status);
            await browser.OpenAsync($"{List}/{id}/withdraw");
            answers.Add(browser.Status);
            edit.Target = new($"{List}/{id}", UriKind.Relative);
            await browser.SubmitAsync(edit);
            answers.Add(browser.Status);
            withdraw.Target = new($"{List}/{id}/withdraw", UriKind.Relative);
            await browser.SubmitAsync(withdraw);
            answers.Add(browser.Status);
        }

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer));
        await browser.OpenAsync(List);
        Assert.DoesNotContain("South", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("For all", browser.Text, StringComparison.Ordinal);
        Assert.Null((await app.ReadAnnouncementAsync("South")).WithdrawnAt);
    }

    [Theory, EachDatabase]
    public async Task An_operator_writes_to_one_organization_by_its_code(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        using var browser = await app.SignInAsAsync(Roles.RegistryOperator);
        await browser.OpenAsync(New);
        var title = NewTitle();
        browser.Fill(Title, title);
        browser.Fill(Body, "Everything.");
        browser.Fill("Organization Code", "NOWHERE-17");
        await browser.ClickAsync(Publish);
        Assert.Contains("no organization has this code", browser.Alert, StringComparison.Ordinal);
        browser.Fill("Organization Code", $" {clinic.Code} ");

        await browser.ClickAsync(Publish);

        Assert.Equal(clinic.Id, (await app.ReadAnnouncementAsync(title)).OrganizationId);
    }

    [Theory]
    [EachDatabase(Title, "", "Title, English: fill this in.")]
    [EachDatabase(Body, " \r\n ", "Text, English: fill this in.")]
    [EachDatabase("Title, Français", "Bonjour", "Text, Français: fill this in.")]
    [EachDatabase(Title, "turned \u202e around", "Title, English: there is a character that cannot be seen.")]
    [EachDatabase("From", "tomorrow", "Enter a date and a time")]
    [EachDatabase("Until", "0001-01-01T00:00", "Enter a date and a time")]
    [EachDatabase("Until", "2026-03-02T08:00", "choose a time after the beginning")]
    [EachDatabase("Kind", "Maintenance", "maintenance needs an end")]
    [EachDatabase(Title, "120", "Title, English")]
    [EachDatabase(Body, "2000", "Text, English")]
    public async Task What_cannot_be_kept_is_named_at_its_field_and_nothing_typed_is_lost(Database database, string field, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsAsync(Roles.RegistryOperator);
        await browser.OpenAsync(New);
        typed = int.TryParse(typed, out var longest) ? new('x', longest + 1) : typed;
        browser.Fill(Title, "Something");
        browser.Fill(Body, "Line one\r\nline two");
        browser.Fill("Title, Español", "Algo");
        browser.Fill("Text, Español", "Todo");
        browser.Fill(field, typed);
        var form = browser.FormOf(Publish);

        await browser.SubmitAsync(form);

        Assert.Equal((New, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Equal("Todo", ((IHtmlTextAreaElement)browser.Field("Text, Español")).Value);
        Assert.Equal("true", browser.Field(sentence.StartsWith("Text, Français", StringComparison.Ordinal) ? "Text, Français" : field is "Kind" ? "Until" : field).GetAttribute("aria-invalid"));
        Assert.Equal(form["Input.Texts[0].Title"], ((IHtmlInputElement)browser.Field(Title)).Value);
        Assert.Equal(form["Input.Texts[0].Body"].ReplaceLineEndings("\n"), ((IHtmlTextAreaElement)browser.Field(Body)).Value.ReplaceLineEndings("\n"));
        Assert.Empty(await app.ReadAsync(db => db.Announcements.Where(a => a.Texts.Any(text => text.Title == "Algo")).ToListAsync()));
    }

    [Theory]
    [EachDatabase("Input.Kind", "1")]
    [EachDatabase("Input.Audience", "7")]
    [EachDatabase("Input.Audience", "Administrators, Everybody")]
    public async Task Nothing_is_taken_that_is_not_in_the_list(Database database, string field, string value)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsAsync(Roles.RegistryOperator);
        await browser.OpenAsync(New);
        browser.Fill(Title, "Something");
        browser.Fill(Body, "Everything");
        var form = browser.FormOf(Publish);
        form[field] = value;

        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Choose one from the list.", browser.Alert, StringComparison.Ordinal);
    }

    /// <summary>Strangers read the sign-in page: nobody says there what is meant for a few.</summary>
    [Theory]
    [EachDatabase(true)]
    [EachDatabase(false)]
    public async Task Maintenance_is_for_everybody_everywhere_or_none(Database database, bool ofOneOrganization)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsAsync(Roles.RegistryOperator);
        await browser.OpenAsync(New);
        browser.Fill(Title, "Upgrade");
        browser.Fill(Body, "Soon.");
        browser.Fill("Kind", "Maintenance");
        browser.Fill("Until", "2026-03-02 20:00");
        if (ofOneOrganization)
        {
            browser.Fill("Organization Code", (await app.AddOrganizationAsync()).Code);
        }
        else
        {
            browser.Fill("For whom", "those who manage people");
        }

        await browser.ClickAsync(Publish);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("maintenance stands on the sign-in page, so it is for everybody", browser.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Maintenance_is_on_the_sign_in_page_at_once_and_withdrawn_gone_at_once(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInAsAsync(Roles.RegistryOperator);
        using var reader = await app.SignInAsAsync(Roles.Standard);
        using var stranger = app.OpenBrowser();
        await browser.OpenAsync(New);
        browser.Fill(Title, "Upgrade");
        browser.Fill(Body, "Soon.");
        browser.Fill("Kind", "Maintenance");
        browser.Fill("Until", "2026-03-02T20:00");
        await browser.ClickAsync(Publish);
        Assert.Single(await stranger.OpenSignInAsync());
        Assert.Equal(["Upgrade"], await reader.ReadTitlesAsync());

        await browser.FollowAsync("Withdraw Upgrade");
        Assert.Equal("Withdraw this announcement?", browser.Heading);
        Assert.Single(await stranger.OpenSignInAsync());   // asked only
        var form = browser.FormOf("Withdraw");
        await browser.SubmitAsync(form);

        Assert.Equal($"{List}?done=withdrawn", browser.Url);
        Assert.Contains("withdrawn on Monday, March 2, 2026", browser.Text, StringComparison.Ordinal);
        Assert.Empty(await stranger.OpenSignInAsync());
        Assert.Empty(await reader.ReadTitlesAsync());
        await browser.SubmitAsync(form);   // a double click
        Assert.Equal($"{List}?done=withdrawn", browser.Url);
        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "announcement.withdrawn.v1");
        Assert.Contains("\"Kind\":\"Maintenance\"", entry.Payload, StringComparison.Ordinal);
    }

    /// <summary>What one permission grants is not granted by its neighbour.</summary>
    [Theory, EachDatabase]
    [Scenario("V8.2.1")]
    public async Task Who_reaches_all_but_manages_no_organizations_announces_no_maintenance(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Permissions:Grants:5:AnyOf", "HelpDesk, RegistryOperator"));
        var id = await app.AddAnnouncementAsync("Upgrade", kind: AnnouncementKind.Maintenance, until: TimeSpan.FromHours(1));
        using var browser = await app.SignInAsAsync(Roles.HelpDesk);
        await browser.OpenAsync($"{List}/{id}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.OpenAsync(New);
        browser.Fill(Title, "News");
        browser.Fill(Body, "Soon.");
        browser.Fill("Until", "2026-03-02T20:00");
        var form = browser.FormOf(Publish);
        form.Add("Input.Kind", "Maintenance");

        await browser.SubmitAsync(form);

        Assert.Equal(AnnouncementKind.News, (await app.ReadAnnouncementAsync("News")).Kind);
    }

    [Theory, EachDatabase]
    public async Task What_was_changed_is_shown_and_recorded_by_the_names_of_its_fields(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var id = await app.AddAnnouncementAsync(NewTitle(), clinic, texts: [("es", "Hola", "Uno."), ("fr", "Bonjour", "Un.")]);
        using var browser = await app.SignInAsAsync(Roles.Administrator, clinic);
        await browser.OpenAsync($"{List}/{id}");
        Assert.Equal("2026-03-02T08:00", ((IHtmlInputElement)browser.Field("From")).Value);

        browser.Fill("Text, Español", "Dos.");
        browser.Fill("Title, Français", "");
        browser.Fill("Text, Français", "");
        browser.Fill("For whom", "those who manage people");
        var form = browser.FormOf("Publish the change");
        await browser.SubmitAsync(form);
        Assert.Equal($"{List}?done=changed", browser.Url);
        await browser.SubmitAsync(form);   // a double click
        Assert.Equal($"{List}?done=changed", browser.Url);

        var kept = await app.ReadAnnouncementAsync(id);
        Assert.Equal((AnnouncementAudience.Administrators, CardeaApp.Start, clinic.Id), (kept.Audience, kept.From, kept.OrganizationId));
        Assert.Equal(["en", "es"], kept.Texts.Select(text => text.Language).Order());
        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "announcement.changed.v1" && e.Payload.Contains(id.ToString(), StringComparison.Ordinal));
        Assert.EndsWith("""
            "Kind":"News","Fields":["Audience","Text.es","Text.fr"]}
            """, entry.Payload, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Of_two_who_change_the_same_the_second_is_told_and_nothing_is_overwritten_unseen(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var id = await app.AddAnnouncementAsync(NewTitle(), clinic);
        using var first = await app.SignInAsAsync(Roles.Administrator, clinic);
        using var second = await app.SignInAsAsync(Roles.Administrator, clinic);
        await first.OpenAsync($"{List}/{id}");
        await second.OpenAsync($"{List}/{id}");
        var title = NewTitle();
        first.Fill(Title, title);
        await first.ClickAsync("Publish the change");
        second.Fill(Title, "Mine");

        await second.ClickAsync("Publish the change");

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains($"On file now: “{title}”", second.Alert, StringComparison.Ordinal);
        Assert.Equal("Mine", ((IHtmlInputElement)second.Field(Title)).Value);
        Assert.Equal(title, (await app.ReadAnnouncementAsync(id)).Texts.Single().Title);
        await second.ClickAsync("Publish the change");   // knowing it now
        Assert.Equal("Mine", (await app.ReadAnnouncementAsync(id)).Texts.Single().Title);
    }

    [Theory, EachDatabase]
    public async Task Who_changes_what_was_withdrawn_meanwhile_is_told_and_keeps_what_was_typed(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var id = await app.AddAnnouncementAsync(NewTitle(), clinic);
        using var browser = await app.SignInAsAsync(Roles.Administrator, clinic);
        await browser.OpenAsync($"{List}/{id}");
        browser.Fill(Title, "Mine");
        await app.WriteAsync(db => db.Announcements.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.WithdrawnAt, app.Clock.GetUtcNow())));

        await browser.ClickAsync("Publish the change");

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("Somebody has withdrawn this announcement meanwhile", browser.Alert, StringComparison.Ordinal);
        Assert.Equal("Mine", ((IHtmlInputElement)browser.Field(Title)).Value);
        Assert.NotEqual("Mine", (await app.ReadAnnouncementAsync(id)).Texts.Single().Title);
        await browser.OpenAsync($"{List}/{id}");
        Assert.Equal(List, browser.Url);
    }

    /// <summary>A text takes longer to write than a proof lasts.</summary>
    [Theory, EachDatabase]
    [Scenario("V7.5.3", "S0-16")]
    public async Task Who_wrote_for_long_confirms_and_finds_all_that_was_typed(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await app.SignInAsync(admin);
        await browser.OpenAsync(New);
        var body = RandomNumberGenerator.GetString("etaoinshrdlu   ", 1900).Trim().Replace("  ", " a", StringComparison.Ordinal);   // a language has more pattern than this
        browser.Fill(Title, "Long");
        browser.Fill(Body, $"Première ligne\r\n{body}");
        browser.Fill("Title, Français", "Langue");
        app.Clock.Advance(TimeSpan.FromMinutes(6));

        await browser.ClickAsync(Publish);
        Assert.StartsWith("/account/confirm", browser.Url, StringComparison.Ordinal);
        await app.ForgetCodesAsync(admin);
        await browser.EnterCodeAsync(admin.Authenticator!.Code());

        Assert.Equal(New, browser.Url);
        Assert.Equal($"Première ligne\n{body}", ((IHtmlTextAreaElement)browser.Field(Body)).Value.ReplaceLineEndings("\n"));
        Assert.Equal("Langue", ((IHtmlInputElement)browser.Field("Title, Français")).Value);
    }

    private static string NewTitle() => $"Announcement {Interlocked.Increment(ref _written)}";
}
