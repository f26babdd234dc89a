using System.Net;
using Cardea.Features.Callers;
using Cardea.Features.People;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.People;

/// <summary>"Why can't she get in?", and the button that helps.</summary>
public sealed class PersonPageTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase, Scenario("S0-07")]
    public async Task Whoever_is_locked_is_helped_in_two_clicks_and_told_by_mail(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        using (var stranger = app.OpenBrowser("198.51.100.9"))
        {
            for (var tries = 0; tries < 5; tries++)
            {
                await stranger.OpenAsync("/sign-in");
                await stranger.SignInAsync(amina, "Wrong#Password11");
            }
        }

        using var browser = await app.SignInAsync(olga);
        await browser.OpenPersonAsync(amina);
        Assert.Contains("Sign-in is locked until", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Sign-in locked", browser.Text, StringComparison.Ordinal);   // the mail about it, among the messages

        await browser.FollowAsync("Unlock");
        await browser.ClickAsync("Unlock");

        Assert.Contains("The account is unlocked.", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sign-in is locked until", browser.Text, StringComparison.Ordinal);
        await ShouldBeDoneAsync(app, olga, amina, "account.unlocked.v1", "help-given");
        using var again = app.OpenBrowser("198.51.100.9");
        await again.OpenAsync("/sign-in");
        await again.SignInAsync(amina);
        Assert.Equal("/", again.Url);
        await browser.RefreshAsync();
        Assert.Contains("Nothing is in the way", browser.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("S0-02", "S2-35", "V6.4.6")]
    public async Task A_manual_reset_shows_a_temporary_password_once_and_ends_sessions(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        using var aminas = await app.SignInAsync(amina);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenActAsync(PersonAct.NewPassword, amina);

        await browser.ClickAsync("Give a new temporary password");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Verify the person’s identity first", browser.Alert, StringComparison.Ordinal);
        browser.Fill("I have verified the person’s identity: I see them, or called them back on a number that I know.", "yes");
        await browser.ClickAsync("Give a new temporary password");

        var password = browser.Document.QuerySelector("output.secret")!.TextContent;
        Assert.Contains("no-store", browser.Header("Cache-Control"), StringComparison.Ordinal);
        await ShouldBeDoneAsync(app, olga, amina, "password.given.v1", "new-password");
        await aminas.OpenAsync("/account");
        Assert.StartsWith("/sign-in", aminas.Url, StringComparison.Ordinal);
        using var again = await app.SignInAsync(amina, password);
        Assert.Equal("/sign-in/password", again.Url);
        await browser.OpenPersonAsync(amina);
        Assert.DoesNotContain(password, browser.Html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("S2-19")]
    public async Task Whoever_is_inactive_is_reactivated_for_a_reason_with_a_temporary_password(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var amina = await app.AddPersonAsync(change: account => account.InactivatedAt = app.Clock.GetUtcNow());
        using var browser = await app.SignInAsync(desk);
        await browser.OpenPersonAsync(amina);
        Assert.Contains("because nobody used it", browser.Text, StringComparison.Ordinal);
        await browser.FollowAsync("Reactivate");
        await browser.FollowAsync("Check the caller");
        await app.CheckCallerAsync(browser, amina);

        browser.Fill("Reason", "   ");
        await browser.ClickAsync("Reactivate");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Give the reason in a few words.", browser.Alert, StringComparison.Ordinal);

        browser.Fill("Reason", "Back from leave, manager called");
        await browser.ClickAsync("Reactivate");
        using var again = await app.SignInAsync(amina, browser.Document.QuerySelector("output.secret")!.TextContent);

        Assert.Equal("/sign-in/password", again.Url);
        Assert.Contains(await app.AuditAsync(), e => e.Name == "account.reactivated.v1" && e.SubjectId == amina.Id
            && e.ActorId == desk.Id.ToString() && e.Reason == "Back from leave, manager called");
    }

    [Theory, EachDatabase, Scenario("S1-11", "A-12")]
    public async Task A_second_factor_is_reset_and_set_up_again(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var ben = await app.AddAdministratorAsync();
        using var browser = await app.SignInAsync(desk);
        await browser.OpenAsync(CheckModel.PathOf(ben.Id, PersonAct.ResetSecondFactor));
        await app.CheckCallerAsync(browser, ben);

        await browser.ClickAsync("Reset the second factor");

        await ShouldBeDoneAsync(app, desk, ben, "factor.removed.v1", "factors-reset");
        using var again = app.OpenBrowser();
        await again.OpenAsync("/sign-in");
        await again.SignInAsync(ben);
        Assert.StartsWith("/sign-in/second-factor-set-up", again.Url, StringComparison.Ordinal);
        await browser.OpenActAsync(PersonAct.ResetSecondFactor, ben);
        await browser.ClickAsync("Reset the second factor");
        Assert.Contains("no second factor set up", browser.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("V7.4.5", "X-03", "V7.4.2")]
    public async Task Sessions_end_at_once_by_signing_out_deactivating_and_deleting(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        using var browser = await app.SignInAsync(olga);
        foreach (var (act, button, name) in ((PersonAct, string, string)[])[
            (PersonAct.EndSessions, "Sign out everywhere", "sessions.ended_by_manager.v1"),
            (PersonAct.Disable, "Deactivate", "account.disabled.v1"),
            (PersonAct.Delete, "Delete", "account.deleted.v1")])
        {
            var amina = await app.AddPersonAsync(organization: olga.Organization);
            using var aminas = await app.SignInAsync(amina);
            await browser.OpenActAsync(act, amina);
            if (PersonActs.AsksReason(act))
            {
                browser.Fill("Reason", "Left the clinic");
            }

            await browser.ClickAsync(button);

            await ShouldBeDoneAsync(app, olga, amina, name, "help-given");
            await aminas.OpenAsync("/account");
            Assert.StartsWith("/sign-in", aminas.Url, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    public async Task A_deleted_person_comes_back_as_they_were(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        var ben = await app.AddPersonAsync(organization: olga.Organization, change: account => account.DisabledAt = app.Clock.GetUtcNow().AddDays(-1));
        using var browser = await app.SignInAsync(olga);
        foreach (var person in (TestPerson[])[amina, ben])
        {
            await browser.OpenActAsync(PersonAct.Delete, person);
            browser.Fill("Reason", "Left the clinic");
            await browser.ClickAsync("Delete");
            await browser.OpenActAsync(PersonAct.Unlock, person);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            await browser.OpenAsync($"/admin/people/{person.Id}/edit");
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            await browser.OpenPersonAsync(person);
            await browser.FollowAsync("Restore");
            browser.Fill("Reason", "By mistake");
            await browser.ClickAsync("Restore");
        }

        using var again = await app.SignInAsync(amina);
        Assert.Equal("/", again.Url);
        Assert.True(await app.ReadAsync(db => db.Accounts.AnyAsync(a => a.Id == ben.Id && a.DisabledAt != null && a.DeletedAt == null)));
    }

    [Theory, EachDatabase, Scenario("S0-02", "S2-03")]
    public async Task A_new_person_is_added_gets_in_and_is_asked_for_all_that_is_due(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync("/");
        await browser.FollowAsync("People");
        await browser.FollowAsync("Add a person");

        browser.Fill("First name", "Ben");
        browser.Fill("Last name", "Ånström");
        browser.Fill("Username", $"ben{olga.Username}");
        browser.Fill("Email address", "ben@clinic.example");
        browser.Fill("Standard", "yes");
        await browser.ClickAsync("Create account");

        var password = browser.Document.QuerySelector("output.secret")!.TextContent;
        using var bens = app.OpenBrowser();
        await bens.OpenAsync("/sign-in");
        await bens.SignInAsync(olga.Organization.Code, $"ben{olga.Username}", password);
        Assert.Equal("/sign-in/password", bens.Url);
        await browser.OpenAsync("/admin/people?search=anstrom");
        Assert.Contains("Ånström", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Never signed in", browser.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("S2-04", "A-11")]
    public async Task What_is_wrong_with_a_new_person_is_said_at_its_field_and_nothing_typed_is_lost(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync("/admin/people/new");

        browser.Fill("First name", "\u202Eמרים \"O’B\" <b>");
        browser.Fill("Last name", new string('n', 500));
        browser.Fill("Username", olga.Username.ToUpperInvariant());
        browser.Fill("Email address", "ben@clinic.example\r\nBcc: all@clinic.example");
        await browser.ClickAsync("Create account");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        foreach (var field in (string[])["Input_FamilyName", "Input_Email", "Input_Roles"])
        {
            Assert.NotNull(browser.Document.GetElementById($"{field}-error"));
        }

        Assert.Equal(500, ((AngleSharp.Html.Dom.IHtmlInputElement)browser.Field("Last name")).Value.Length);
        browser.Fill("First name", "Ben \"B\" O’Brien");
        browser.Fill("Last name", "Cohen");
        browser.Fill("Email address", "ben@clinic.example");
        browser.Fill("View Only", "yes");
        await browser.ClickAsync("Create account");
        Assert.Contains("or one that looks like it", browser.Text, StringComparison.Ordinal);   // taken, in another case
        Assert.True(((AngleSharp.Html.Dom.IHtmlInputElement)browser.Field("View Only")).IsChecked);
    }

    [Theory, EachDatabase, Scenario("V2.3.4")]
    public async Task Of_two_who_edit_the_same_person_the_second_is_told_and_nothing_is_lost(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var oscar = await app.AddAdministratorAsync(olga.Organization);
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        using var olgas = await app.SignInAsync(olga);
        using var oscars = await app.SignInAsync(oscar);
        await olgas.OpenAsync($"/admin/people/{amina.Id}/edit");
        await oscars.OpenAsync($"/admin/people/{amina.Id}/edit");
        olgas.Fill("Last name", "Nakamura");
        await olgas.ClickAsync("Save");

        oscars.Fill("Phone", "612-555-0199");
        await oscars.ClickAsync("Save");

        Assert.Equal(HttpStatusCode.Conflict, oscars.Status);
        Assert.Contains("On file are now: Amina Nakamura", oscars.Alert, StringComparison.Ordinal);
        Assert.Equal("612-555-0199", ((AngleSharp.Html.Dom.IHtmlInputElement)oscars.Field("Phone")).Value);

        await olgas.OpenAsync($"/admin/people/{amina.Id}/roles");
        await oscars.OpenAsync($"/admin/people/{amina.Id}/roles");
        olgas.Fill("Reports Only", "yes");
        await olgas.ClickAsync("Save");
        oscars.Fill("Administrator", "yes");
        await oscars.ClickAsync("Save");
        Assert.Contains("They are now: Standard, Reports Only", oscars.Alert, StringComparison.Ordinal);
        Assert.Equal(Roles.Standard | Roles.ReportsOnly, await RolesAsync(app, amina));
    }

    [Theory, EachDatabase, Scenario("S2-07", "X-07")]
    public async Task A_new_address_is_confirmed_by_its_owner_and_the_former_one_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync($"/admin/people/{amina.Id}/edit");

        browser.Fill("Email address", "elsewhere@clinic.example");
        await browser.ClickAsync("Save");

        await ShouldBeDoneAsync(app, olga, amina, "account.changed.v1", "email-changed");
        using var aminas = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/email", aminas.Url);
    }

    private static async Task ShouldBeDoneAsync(CardeaApp app, TestPerson by, TestPerson person, string eventName, string mail)
    {
        Assert.Contains(await app.AuditAsync(), e => e.Name == eventName && e.SubjectId == person.Id && e.ActorId == by.Id.ToString());
        Assert.True(await app.ReadAsync(db => db.OutboxMessages.AnyAsync(m => m.Kind == mail && m.AccountId == person.Id)));
    }

    private static Task<Roles> RolesAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Memberships.Where(m => m.AccountId == person.Id).Select(m => m.Roles).SingleAsync());
}
