using System.Net;
using AngleSharp.Html.Dom;
using Cardea.Features.MyAccount;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.MyAccount;

/// <summary>A person corrects name, phone, language and time zone.</summary>
[Scenario("S2-10")]
public sealed class MyDetailsTests(PublicAddressApps apps) : IClassFixture<PublicAddressApps>
{
    private const string Page = "/account/details", Save = "Save";

    [Theory, EachDatabase]
    [Scenario("V6.3.7", "X-07")]
    public async Task What_was_saved_is_shown_kept_and_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account");
        await browser.FollowAsync("Change name, phone, language or time zone");

        browser.Fill("Family name", "  Diallo-Olsen ");
        browser.Fill("Work phone", "612 555 0123 x4");
        browser.Fill("Time zone", "Hawaii Time (Honolulu)");
        await browser.ClickAsync(Save);

        Assert.Equal(("/account?saved=true", HttpStatusCode.OK), (browser.Url, browser.Status));
        Assert.Contains("Your changes have been saved.", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Amina Diallo-Olsen", browser.Text, StringComparison.Ordinal);
        Assert.Contains("(612) 555-0123 ext. 4", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Hawaii Time (Honolulu)", browser.Text, StringComparison.Ordinal);
        var kept = await ReadAsync(app, amina);
        Assert.Equal(("Diallo-Olsen", "+16125550123;ext=4", "Pacific/Honolulu"), (kept.FamilyName, kept.PhoneNumber, kept.TimeZone));
        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "account.details_changed.v1" && e.SubjectId == amina.Id);
        Assert.Equal("""{"Fields":["FamilyName","PhoneNumber","Language","TimeZone"]}""", entry.Payload);
        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("Your name or phone number was changed", mail.Subject);
        Assert.Contains("/not-me?link=", mail.TextBody, StringComparison.Ordinal);
    }

    /// <summary>The time on a page is that of the clock on the person's wall.</summary>
    [Theory, EachDatabase]
    public async Task Times_are_shown_in_the_persons_own_zone(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.TimeZone = "Pacific/Honolulu");
        using var browser = await app.SignInAsync(amina);

        await browser.OpenAsync("/account/sessions");

        Assert.Contains("Monday, March 2, 2026 4:00", browser.Text, StringComparison.Ordinal);   // 14:00 UTC; the clinic is at 8:00
    }

    [Theory, EachDatabase]
    public async Task The_language_that_was_chosen_is_spoken_from_then_on(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        await browser.OpenAsync(Page);

        browser.Fill("Language", "Español");
        await browser.ClickAsync(Save);

        Assert.Equal("Administrar mi cuenta", browser.Heading);
    }

    /// <summary>The buttons at the top of the page and the list in the form speak of the same thing.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-17")]
    public async Task A_language_button_keeps_what_was_typed_and_moves_the_list_along(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        await browser.OpenAsync(Page);
        browser.Fill("Given name", "Aminata");

        await browser.ClickAsync("Español");
        await browser.ClickAsync("Guardar");

        Assert.Equal("/account?saved=true", browser.Url);
        Assert.Contains("Aminata", browser.Text, StringComparison.Ordinal);
        Assert.Equal("Administrar mi cuenta", browser.Heading);
    }

    [Theory]
    [EachDatabase("Given name", "", "Given name: fill this in.")]
    [EachDatabase("Family name", "Dia\u202Ello", "Family name: there is a character that cannot be seen.")]
    [EachDatabase("Work phone", "612", "This is not a complete phone number.")]
    [EachDatabase("Work phone", "555-CALL-NOW-OR-NEVER-0123456789012345678901234567890", "This is not a complete phone number.")]
    public async Task What_cannot_be_kept_is_named_at_its_field_and_nothing_typed_is_lost(Database database, string field, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);

        browser.Fill("Time zone", "Hawaii Time (Honolulu)");
        browser.Fill(field, typed);
        await browser.ClickAsync(Save);

        Assert.Equal((Page, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Equal(typed, ((IHtmlInputElement)browser.Field(field)).Value);
        Assert.Equal("Pacific/Honolulu", ((IHtmlSelectElement)browser.Field("Time zone")).Value);
        Assert.Null((await ReadAsync(app, amina)).TimeZone);
    }

    /// <summary>What no list offers was made up: it is refused, not kept.</summary>
    [Theory]
    [EachDatabase("Input.TimeZone", "Mars/Olympus_Mons")]
    [EachDatabase("Input.TimeZone", "Central Standard Time")]
    [EachDatabase("Input.TimeZone", "America////////////////////////////////////////////////////////Chicago")]   // a file that there is, by a name too long to keep
    [EachDatabase("Input.Language", "tlh")]
    public async Task Nothing_is_taken_that_is_not_in_the_list(Database database, string field, string value)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var form = browser.FormOf(Save);

        form[field] = value;
        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Choose one from the list.", browser.Alert, StringComparison.Ordinal);
        var kept = await ReadAsync(app, amina);
        Assert.Equal((null, null), (kept.TimeZone, kept.Language));
    }

    [Theory, EachDatabase]
    public async Task What_somebody_else_changed_meanwhile_is_shown_and_not_overwritten_unseen(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        browser.Fill("Work phone", "(612) 555-0199");
        await app.ChangeAsync(amina, account => account.FamilyName = "Olsen");

        await browser.ClickAsync(Save);
        Assert.Equal((Page, HttpStatusCode.Conflict), (browser.Url, browser.Status));
        Assert.Contains("On file now: Amina Olsen, phone none on file.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal("Olsen", (await ReadAsync(app, amina)).FamilyName);

        browser.Fill("Family name", "Olsen");
        await browser.ClickAsync(Save);
        Assert.Equal("/account?saved=true", browser.Url);
        var kept = await ReadAsync(app, amina);
        Assert.Equal(("Olsen", "+16125550199"), (kept.FamilyName, kept.PhoneNumber));
    }

    [Theory, EachDatabase]
    [Scenario("V2.3.4")]
    public async Task A_double_click_changes_and_tells_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        browser.Fill("Family name", "Olsen");
        var form = browser.FormOf(Save);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var tab = browser.Copy(app);
            await tab.SubmitAsync(form);
            Assert.Equal("/account?saved=true", tab.Url);
        }));

        Assert.Single(await app.AuditAsync(), e => e.Name == "account.details_changed.v1" && e.SubjectId == amina.Id);
        Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
    }

    [Theory, EachDatabase]
    [Scenario("V7.5.1")]
    public async Task Who_did_not_sign_in_just_now_confirms_first_and_loses_nothing(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        browser.Fill("Family name", "Olsen");
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await browser.ClickAsync(Save);
        Assert.Contains("For this change, sign in once more", browser.Text, StringComparison.Ordinal);
        Assert.Equal(TestPerson.FamilyName, (await ReadAsync(app, amina)).FamilyName);
        await browser.SignInAsync(amina);

        Assert.Equal((Page, "Olsen"), (browser.Url, ((IHtmlInputElement)browser.Field("Family name")).Value));
    }

    /// <summary>The draft knows over what it was typed.</summary>
    [Theory, EachDatabase]
    [Scenario("V7.5.1")]
    public async Task What_somebody_else_changed_while_a_person_confirmed_is_not_overwritten_unseen_either(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        browser.Fill("Work phone", "(612) 555-0199");
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.ClickAsync(Save);
        await app.ChangeAsync(amina, account => account.FamilyName = "Olsen");
        await browser.SignInAsync(amina);
        Assert.Equal(Page, browser.Url);

        await browser.ClickAsync(Save);

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("On file now: Amina Olsen", browser.Alert, StringComparison.Ordinal);
        Assert.Equal("Olsen", (await ReadAsync(app, amina)).FamilyName);
    }

    [Theory, EachDatabase]
    public async Task What_was_taken_away_stays_away_while_a_person_confirms(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(change: account => (account.PhoneNumber, account.TimeZone) = ("+16125550123", "Pacific/Honolulu"));
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var form = browser.FormOf(Save);
        (form["Input.PhoneNumber"], form["Input.TimeZone"]) = ("", "");
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.SubmitAsync(form);
        await browser.SignInAsync(amina);

        await browser.ClickAsync(Save);

        Assert.Equal("/account?saved=true", browser.Url);
        var kept = await ReadAsync(app, amina);
        Assert.Equal((null, null), (kept.PhoneNumber, kept.TimeZone));
    }

    /// <summary>Between the request's first statement and its last.</summary>
    [Theory, EachDatabase]
    public async Task An_account_that_is_gone_by_then_is_no_error(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        var person = await app.PersonOfAsync(browser);
        await app.WriteAsync(db => db.Accounts.Where(account => account.Id == amina.Id).ExecuteDeleteAsync());

        var outcome = await app.RunAsync<ChangeDetails, ChangeDetailsOutcome>(
            change => change.RunAsync(person, new("Amina", "Olsen", null, null, null), "", CancellationToken.None));

        Assert.IsType<ChangeDetailsOutcome.AccountIsGone>(outcome);
        await browser.OpenAsync(Page);
        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
    }

    private static Task<Features.Accounts.Account> ReadAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Accounts.AsNoTracking().SingleAsync(account => account.Id == person.Id));
}
