using System.Net;
using AngleSharp.Html.Dom;
using Cardea.Features.SignIn.Tries;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Organizations;

/// <summary>An operator adds an organization and corrects what is on file about it.</summary>
[Scenario("S2-04", "A-18")]
public sealed class OrganizationFormTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string New = "/admin/organizations/new", Add = "Add", Save = "Save";

    [Theory, EachDatabase]
    public async Task What_was_entered_is_kept_and_shown(Database database)
    {
        var app = await apps.OnAsync(database);
        var agency = await app.AddOrganizationAsync("AGENCY", OrganizationType.PublicHealthAgency);
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync("/admin/organizations");
        await browser.FollowAsync("Add an organization");

        browser.Fill("Organization Code", "ELM-1");
        browser.Fill("Name", "  O’Brien \"Elm\" <Clinic> مركز ");
        browser.Fill("Type", "School");
        browser.Fill("Time zone", "Hawaii Time (Honolulu)");
        browser.Fill("Language", "Español");
        browser.Fill("Help phone", "612 555 0123 x4");
        browser.Fill("Help email", " help@elm.example ");
        browser.Fill("Code of the parent agency", "AGENCY");
        browser.Fill("First day of the data-use agreement", "2026-01-01");
        browser.Fill("Last day of the data-use agreement", "2026-12-31");
        await browser.ClickAsync(Add);

        Assert.Equal("O’Brien \"Elm\" <Clinic> مركز", browser.Heading);
        Assert.Contains("The organization was added.", browser.Text, StringComparison.Ordinal);
        foreach (var shown in new[] { "ELM-1", "School", "Hawaii Time (Honolulu)", "Español", "(612) 555-0123 ext. 4", "help@elm.example", "Riverside Clinic AGENCY", "1/1/2026 to 12/31/2026" })
        {
            Assert.Contains(shown, browser.Text, StringComparison.Ordinal);
        }

        var kept = await app.ReadAsync(db => db.Organizations.SingleAsync(o => o.Code == "ELM-1"));
        Assert.Equal(
            (OrganizationType.School, "Pacific/Honolulu", "es", "+16125550123;ext=4", "help@elm.example", agency.Id, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)),
            (kept.Type, kept.TimeZone, kept.Language, kept.HelpPhone, kept.HelpEmail, kept.ParentId, kept.AgreementFrom, kept.AgreementUntil));
        Assert.Single(await app.AuditAsync(), e => e.Name == "organization.created.v1" && e.OrganizationId == kept.Id);
    }

    [Theory]
    [EachDatabase("Organization Code", "north", "This code, or one that looks like it")]
    [EachDatabase("Organization Code", "N0RTH", "This code, or one that looks like it")]
    [EachDatabase("Organization Code", "two words", "Organization Code: this cannot be used.")]
    [EachDatabase("Name", "", "Name: fill this in.")]
    [EachDatabase("Name", "Elm\u202Ecinilc", "Name: there is a character that cannot be seen.")]
    [EachDatabase("Help phone", "612", "this is not a complete phone number")]
    [EachDatabase("Help email", "help@elm.example, evil@x.example", "Help email: enter an address")]
    [EachDatabase("Code of the parent agency", "NOBODY", "no organization has this code")]
    [EachDatabase("First day of the data-use agreement", "2026-02-30", "enter a day as year, month and day")]
    [EachDatabase("Last day of the data-use agreement", "2025-12-31", "is before its first day")]
    public async Task What_cannot_be_kept_is_named_at_its_field_and_nothing_typed_is_lost(Database database, string field, string typed, string sentence)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddOrganizationAsync("NORTH");
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(New);
        FillIn(browser);

        browser.Fill(field, typed);
        await browser.ClickAsync(Add);

        Assert.Equal((New, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Equal(typed, ((IHtmlInputElement)browser.Field(field)).Value);
        Assert.Equal("Pharmacy", ((IHtmlSelectElement)browser.Field("Type")).Value);
        Assert.False(await app.ReadAsync(db => db.Organizations.AnyAsync(o => o.Name == "Birch Pharmacy")));
    }

    [Theory, EachDatabase]
    public async Task Of_a_form_full_of_mistakes_each_is_told_at_once(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(New);

        browser.Fill("Name", new('x', 500));
        browser.Fill("Last day of the data-use agreement", "tomorrow");
        await browser.ClickAsync(Add);

        foreach (var sentence in new[] { "Organization Code: this cannot be used.", "Name: ", "200", "Type: choose", "Time zone: choose", "enter a day as year" })
        {
            Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        }
    }

    /// <summary>What no list offers was made up: a number is no name of a type.</summary>
    [Theory]
    [EachDatabase("Input.Type", "3")]
    [EachDatabase("Input.Type", "99")]
    [EachDatabase("Input.TimeZone", "Mars/Olympus_Mons")]
    [EachDatabase("Input.Language", "tlh")]
    public async Task Nothing_is_taken_that_is_not_in_a_list(Database database, string field, string value)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(New);
        FillIn(browser);

        var form = browser.FormOf(Add);
        form[field] = value;
        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("choose from the list", browser.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_change_is_kept_and_audited_by_the_names_of_its_fields(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(clinic.Page);
        await browser.FollowAsync("Edit");

        browser.Fill("Name", "Lakeside Clinic");
        browser.Fill("Last day of the data-use agreement", "2026-12-31");
        await browser.ClickAsync(Save);

        Assert.Equal("Lakeside Clinic", browser.Heading);
        Assert.Contains("The changes have been saved.", browser.Text, StringComparison.Ordinal);
        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "organization.changed.v1" && e.OrganizationId == clinic.Id);
        Assert.Equal("""{"Fields":["Name","AgreementUntil"]}""", entry.Payload);
    }

    [Theory, EachDatabase]
    [Scenario("V2.3.3")]
    public async Task The_second_of_two_who_edit_is_told_and_goes_over_nothing_unseen(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync($"{clinic.Page}/edit");
        await app.ChangeOrganizationAsync(clinic, o => o.HelpEmail = "other@clinic.example");

        browser.Fill("Name", "Lakeside Clinic");
        await browser.ClickAsync(Save);

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("Help email is now “other@clinic.example”", browser.Alert, StringComparison.Ordinal);
        Assert.Equal("Lakeside Clinic", ((IHtmlInputElement)browser.Field("Name")).Value);
        Assert.Equal("Riverside Clinic", (await app.ReadAsync(clinic)).Name);

        browser.Fill("Help email", "other@clinic.example");
        await browser.ClickAsync(Save);

        var kept = await app.ReadAsync(clinic);
        Assert.Equal(("Lakeside Clinic", "other@clinic.example"), (kept.Name, kept.HelpEmail));
    }

    /// <summary>Locks at the former code are forgotten, and tries at the new one are counted and found as its people's.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-07")]
    public async Task With_a_new_code_its_people_sign_in_by_that_and_by_nothing_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        for (var failure = 0; failure < 5; failure++)
        {
            using var wrong = await app.SignInAsync(amina, "Wrong#Password42");
        }

        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync($"{amina.Organization.Page}/edit");
        Assert.Contains("tell them the new code at once", browser.Text, StringComparison.Ordinal);
        browser.Fill("Organization Code", $"{amina.Organization.Code}-NEW");
        await browser.ClickAsync(Save);
        Assert.Contains("Tell its people the new code", browser.Text, StringComparison.Ordinal);

        Assert.Empty(await app.ReadAsync(db => db.SignInTries.Where(t => t.NameKey == KeyOf(amina.Organization.Code, amina.Username)).ToListAsync()));
        using var former = await app.SignInAsync(amina);
        Assert.Equal("Invalid credentials", former.Alert);
        var renamed = amina with { Organization = amina.Organization with { Code = $"{amina.Organization.Code}-NEW" } };
        using var present = await app.SignInAsync(renamed);
        Assert.Equal("/", present.Url);
        Assert.Equal(
            KeyOf(renamed.Organization.Code, amina.Username), await app.ReadAsync(db => db.SignInNames.Where(name => name.AccountId == amina.Id).Select(name => name.TryKey).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task Nobody_takes_the_code_of_another_by_an_edit(Database database)
    {
        var app = await apps.OnAsync(database);
        var (clinic, other) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync($"{clinic.Page}/edit");

        browser.Fill("Organization Code", other.Code.ToLowerInvariant());
        await browser.ClickAsync(Save);

        Assert.Contains("This code, or one that looks like it", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(clinic.Code, (await app.ReadAsync(clinic)).Code);
    }

    [Theory, EachDatabase]
    public async Task No_organization_is_a_part_of_itself(Database database)
    {
        var app = await apps.OnAsync(database);
        var (whole, half, part) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
        await app.ChangeOrganizationAsync(half, o => o.ParentId = whole.Id);
        await app.ChangeOrganizationAsync(part, o => o.ParentId = half.Id);
        using var browser = await app.SignInOperatorAsync();

        foreach (var parent in new[] { whole, part })
        {
            await browser.OpenAsync($"{whole.Page}/edit");
            browser.Fill("Code of the parent agency", parent.Code);
            await browser.ClickAsync(Save);
            Assert.Contains("this is the organization itself, or one of its parts", browser.Alert, StringComparison.Ordinal);
        }

        Assert.Null((await app.ReadAsync(whole)).ParentId);
    }

    private static byte[] KeyOf(string code, string username) =>
        TryKey.NameOf(Features.Accounts.Audience.Staff, Rules.SignIn.IdentifierKind.OrganizationCodeAndUsername, code, username);

    private static void FillIn(PersonBrowser browser)
    {
        browser.Fill("Organization Code", "BIRCH");
        browser.Fill("Name", "Birch Pharmacy");
        browser.Fill("Type", "Pharmacy");
        browser.Fill("Time zone", "Central Time (Chicago)");
        browser.Fill("First day of the data-use agreement", "2026-01-01");
    }
}
