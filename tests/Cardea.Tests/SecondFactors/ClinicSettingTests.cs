using System.Net;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.SecondFactors;

/// <summary>The administrator of a clinic decides about the second factors of its people.</summary>
[Scenario("S1-01")]
public sealed class ClinicSettingTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/admin/second-factor";
    private const string Method = "Emails", Days = "Days for which a device is remembered", From = "From which day";

    [Theory, EachDatabase]
    public async Task A_preview_says_whom_it_touches_and_changes_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        await app.AddPersonAsync(organization: admin.Organization, change: account => (account.GivenName, account.Email) = ("Ben", null));
        var clara = await app.AddPersonAsync(organization: admin.Organization, change: account => account.GivenName = "Clara");
        await app.AddAuthenticatorAsync(clara);
        await app.AddPersonAsync(organization: admin.Organization, change: account => account.DisabledAt = app.Clock.GetUtcNow());
        await app.AddPersonAsync();   // of another clinic
        using var browser = await OpenAsync(app, admin);

        browser.Fill(Method, "yes");
        await browser.ClickAsync("Preview");

        Assert.Contains("People who will be asked: 3.", browser.Text, StringComparison.Ordinal);
        Assert.Contains("no code can be mailed: 1. (Ben Diallo)", browser.Text, StringComparison.Ordinal);
        Assert.Contains("with a factor that is accepted already: 2. (Amina Diallo, Clara Diallo)", browser.Text, StringComparison.Ordinal);
        Assert.Null(await SettingAsync(app, admin));
    }

    [Theory, EachDatabase, Scenario("S1-02")]
    public async Task Saved_it_holds_for_the_own_clinic_from_the_next_sign_in_on_and_is_audited(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        var ben = await app.AddPersonAsync(organization: admin.Organization);
        var stranger = await app.AddPersonAsync();
        using var bens = await app.SignInAsync(ben);
        using var browser = await OpenAsync(app, admin);
        browser.Fill(Method, "yes");
        browser.Fill(Days, "30");
        await browser.ClickAsync("Preview");

        await browser.ClickAsync("Save");

        Assert.Equal((HttpStatusCode.OK, true), (browser.Status, browser.Text.Contains("Saved.", StringComparison.Ordinal)));
        var setting = (await SettingAsync(app, admin))!;
        Assert.Equal((OrganizationMethod.Emails, 30), (setting.Method, setting.RememberDays));
        var entry = (await app.AuditAsync()).Single(e => e.Name == "organization.second_factor_changed.v1" && e.OrganizationId == admin.Organization.Id);
        Assert.Contains("\"Method\":\"Emails\",\"RememberDays\":30", entry.Payload, StringComparison.Ordinal);
        await bens.OpenAsync("/account");
        Assert.Equal("/account", bens.Url);
        using var again = await app.SignInAsync(ben);
        Assert.Equal("/sign-in/second-factor-set-up/email", again.Url);
        using var elsewhere = await app.SignInAsync(stranger);
        Assert.Equal("/", elsewhere.Url);
    }

    [Theory, EachDatabase]
    public async Task A_day_in_the_future_begins_at_its_midnight_in_the_clinic(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        var ben = await app.AddPersonAsync(organization: admin.Organization);
        var chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(app.Clock.GetUtcNow(), chicago).DateTime).AddDays(2);
        using (var browser = await OpenAsync(app, admin))
        {
            browser.Fill(Method, "yes");
            browser.Fill(From, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            await browser.ClickAsync("Preview");
            await browser.ClickAsync("Save");
        }

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var begins = new DateTimeOffset(midnight, chicago.GetUtcOffset(midnight));
        Assert.Equal(begins, (await SettingAsync(app, admin))!.From);
        app.Clock.Advance(begins - app.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        using var before = await app.SignInAsync(ben);
        Assert.Equal("/", before.Url);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var after = await app.SignInAsync(ben);
        Assert.Equal("/sign-in/second-factor-set-up/email", after.Url);
    }

    [Theory]
    [EachDatabase("2", "")]
    [EachDatabase("91", "")]
    [EachDatabase("-3", "")]
    [EachDatabase("three", "")]
    [EachDatabase("3", "03/02/2026")]
    [EachDatabase("3", "2026-02-30")]
    [Scenario("S1-08", "W-3.3.1", "F-13")]
    public async Task What_cannot_be_is_said_at_its_field_and_kept(Database database, string days, string from)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await OpenAsync(app, admin);
        browser.Fill(Method, "yes");
        browser.Fill(Days, days);
        browser.Fill(From, from);

        await browser.ClickAsync("Preview");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        var wrong = Assert.Single(browser.Document.QuerySelectorAll("[aria-invalid=true]"));
        Assert.Equal(from.Length == 0 ? "Input.RememberDays" : "Input.From", wrong.GetAttribute("name"));
        Assert.Equal(days, browser.Field(Days).GetAttribute("value"));
        Assert.Null(await SettingAsync(app, admin));
    }

    [Fact, Scenario("A-14")]
    public async Task A_method_that_the_policy_does_not_allow_cannot_be_forced()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:SecondFactors:Allowed", "Authenticator"));
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await OpenAsync(app, admin);
        Assert.DoesNotContain("Emails", browser.Text, StringComparison.Ordinal);
        var form = browser.FormOf("Preview");
        form["Input.Method"] = "Emails";
        form["Input.Answer"] = "save";

        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Null(await SettingAsync(app, admin));
    }

    [Theory, EachDatabase]
    public async Task Saving_the_same_again_forgets_no_device(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        await app.AskForSecondFactorAsync(admin.Organization, OrganizationMethod.Emails, rememberDays: 30);
        await app.AddFactorAsync(admin, FactorKinds.Authenticator);
        var before = (await SettingAsync(app, admin))!.ChangedAt;
        using var browser = await OpenAsync(app, admin, isAsked: true);

        await browser.ClickAsync("Preview");
        await browser.ClickAsync("Save");

        Assert.Equal(before, (await SettingAsync(app, admin))!.ChangedAt);
    }

    [Theory, EachDatabase, Scenario("V15.4.1")]
    public async Task Saved_many_times_at_once_it_is_saved(Database database)
    {
        const int AtOnce = 8;
        await using var app = await CardeaApp.StartAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        using var browser = await app.SignInAsync(admin);
        var person = await app.PersonOfAsync(browser);

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => Task.Run(() => app.RunAsync<ChangeFactorSetting, bool>(async change =>
        {
            var wish = new OrganizationFactorWish(OrganizationMethod.Emails, RememberDays: 3 + (number / 2));
            await change.RunAsync(person, wish, app.Clock.GetUtcNow(), CancellationToken.None);
            return true;
        }))));

        Assert.Equal(OrganizationMethod.Emails, (await SettingAsync(app, admin))!.Method);
    }

    [Theory]
    [EachDatabase(Roles.Standard)]
    [EachDatabase(Roles.HelpDesk)]
    [EachDatabase(Roles.RegistryOperator)]
    [Scenario("V8.2.1", "A-12")]
    public async Task Nobody_else_finds_the_page(Database database, Roles roles)
    {
        var app = await apps.OnAsync(database);
        var person = await app.AddPersonAsync(roles: roles);
        using var browser = await app.SignInAsync(person);
        Assert.DoesNotContain(Page, browser.Html, StringComparison.Ordinal);

        await browser.OpenAsync(Page);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    private static async Task<PersonBrowser> OpenAsync(CardeaApp app, TestPerson admin, bool isAsked = false)
    {
        var browser = await app.SignInAsync(admin);
        if (isAsked)
        {
            await app.WriteAsync(db => db.Sessions.Where(s => s.AccountId == admin.Id).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.SecondFactorAt, app.Clock.GetUtcNow()).SetProperty(s => s.SecondFactorStrength, FactorKinds.Authenticator)));
            await browser.OpenAsync("/");
        }

        await browser.FollowAsync("Second factor Decide how the people of your organization confirm their sign-in.");
        Assert.Equal((Page, "Second factor of your organization"), (browser.Url, browser.Heading));
        return browser;
    }

    private static Task<OrganizationFactorSetting?> SettingAsync(CardeaApp app, TestPerson admin) =>
        app.ReadAsync(db => db.OrganizationFactorSettings.AsNoTracking().SingleOrDefaultAsync(s => s.OrganizationId == admin.Organization.Id));
}
