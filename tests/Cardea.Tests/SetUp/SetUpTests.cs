using System.Net;
using Cardea.Features.SetUp;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.SetUp;

[Scenario("V6.3.2")]
public sealed class SetUpTests
{
    private const string Password = "Rainy#Tuesday42";

    [Theory, EachDatabase]
    public async Task The_link_leads_from_an_empty_database_to_the_first_operator(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        Assert.Equal((0, 0, 0), await CountsAsync(app));   // no default accounts
        using var browser = await OpenLinkAsync(app);
        Assert.Equal(("/set-up", "Set up this registry"), (browser.Url, browser.Heading));

        FillAll(browser);
        await browser.ClickAsync("Set Up");

        Assert.Equal(("/set-up/done", "The registry is set up"), (browser.Url, browser.Heading));
        Assert.Contains("Prairie Registry", browser.Text, StringComparison.Ordinal);
        Assert.Contains("612-555-0100", browser.Text, StringComparison.Ordinal);
        await browser.FollowAsync("Go to the sign-in page");
        await browser.SignInAsync("PRAIRIE", "olga", Password);
        Assert.Equal("/sign-in/email", browser.Url);   // her own password: only the address is left to confirm

        Assert.Equal((1, 1, 1), await CountsAsync(app));
        Assert.Equal(Roles.RegistryOperator, (await app.ReadAsync(db => db.Memberships.SingleAsync())).Roles);
        Assert.Equal(OrganizationType.StateProgram, (await app.ReadAsync(db => db.Organizations.SingleAsync())).Type);
        Assert.Equal(
            ["account.created.v1", "operator.created.v1", "organization.created.v1", "set_up.closed.v1"],
            (await app.AuditAsync()).Where(entry => !entry.Name.StartsWith("sign_in", StringComparison.Ordinal)).Select(entry => entry.Name).Order());
    }

    [Theory, EachDatabase, Scenario("A-08")]
    public async Task The_new_public_address_is_answered_at_once(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await OpenLinkAsync(app);
        await browser.SendAsync(new(HttpMethod.Get, "https://signin.example.org/sign-in"));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);

        await browser.OpenAsync("/set-up");
        FillAll(browser);
        await browser.ClickAsync("Set Up");

        await browser.SendAsync(new(HttpMethod.Get, "https://signin.example.org/sign-in"));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.SendAsync(new(HttpMethod.Get, "https://signin.example.com/sign-in"));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Theory, EachDatabase, Scenario("V14.2.1")]
    public async Task The_token_leaves_the_address_at_once_and_appears_nowhere_else(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var token = await TokenAsync(app);

        using var browser = app.OpenBrowser();
        await browser.OpenAsync($"/set-up?token={token}");

        Assert.Equal([$"/set-up?token={token}", "/set-up"], browser.Way);
        Assert.DoesNotContain(token, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Logs.Lines, line => line.ToString().Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.Payload.Contains(token, StringComparison.Ordinal));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await browser.OpenAsync("/set-up");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);   // the cookie is short-lived; the link opens it again
        await browser.OpenAsync($"/set-up?token={token}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Theory, EachDatabase]
    public async Task Without_the_right_token_the_page_is_not_there(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var former = await TokenAsync(app);
        var newest = await TokenAsync(app);
        using var browser = app.OpenBrowser();

        foreach (var path in new[] { "/set-up", "/set-up?token=", "/set-up?token=x", $"/set-up?token={former}", $"/set-up?token={newest}&token={newest}", "/set-up/done" })
        {
            await browser.OpenAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        }

        using var holder = app.OpenBrowser();
        await holder.OpenAsync($"/set-up?token={newest}");
        var form = holder.FormOf("Set Up");
        await browser.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Theory, EachDatabase]
    public async Task A_used_link_stays_closed_whatever_becomes_of_the_account(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var token = await TokenAsync(app);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync($"/set-up?token={token}");
        var form = browser.FormOf("Set Up");
        FillAll(browser);
        await browser.ClickAsync("Set Up");

        await app.WriteAsync(db => db.Accounts.ExecuteDeleteAsync());

        using var late = app.OpenBrowser();
        await late.OpenAsync($"/set-up?token={token}");
        Assert.Equal(HttpStatusCode.NotFound, late.Status);
        await browser.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await using var restarted = app.StartSecondNode();
        Assert.Null(await restarted.RunAsync<SetUpDoor, string?>(door => door.OpenAsync(CancellationToken.None)));
        Assert.Equal((0, 1, 0), await CountsAsync(app));
    }

    [Theory, EachDatabase, Scenario("V2.3.4")]
    public async Task Of_two_who_send_the_form_at_once_one_becomes_the_operator(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var token = await TokenAsync(app);
        var browsers = new[] { app.OpenBrowser(), app.OpenBrowser(), app.OpenBrowser(), app.OpenBrowser() };
        var number = 0;
        foreach (var browser in browsers)
        {
            await browser.OpenAsync($"/set-up?token={token}");
            FillAll(browser);
            browser.Fill("Username", $"olga{++number}");
            browser.Fill("Organization Code", $"PRAIRIE-{number}");
        }

        await Task.WhenAll(browsers.Select(browser => Task.Run(() => browser.ClickAsync("Set Up"))));

        Assert.Single(browsers, browser => browser.Url == "/set-up/done");
        Assert.Equal(3, browsers.Count(browser => browser.Status is HttpStatusCode.NotFound));
        Assert.Equal((1, 1, 1), await CountsAsync(app));
        Assert.Single(await app.AuditAsync(), entry => entry.Name == "set_up.closed.v1");
    }

    [Theory, EachDatabase, Scenario("V1.2.2")]
    public async Task Every_mistake_is_told_at_its_field_and_nothing_is_changed(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.AddOrganizationAsync("PRAIRIE");
        using var browser = await OpenLinkAsync(app);
        FillAll(browser);
        browser.Fill("Public Address", "http://signin.example.org/path");
        browser.Fill("Help Desk Website", "javascript:alert(1)");
        browser.Fill("Help Desk Phone", "call us");
        browser.Fill("Organization Code", "PRÄRIE");
        browser.Fill("Given Name", "");
        browser.Fill("New Password", "short");
        browser.Fill("Confirm New Password", "short");

        await browser.ClickAsync("Set Up");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        foreach (var label in new[] { "Public Address", "Help Desk Website", "Help Desk Phone", "Organization Code", "Given Name", "New Password" })
        {
            Assert.Equal("true", browser.Field(label).GetAttribute("aria-invalid"));
        }

        Assert.Equal("Diallo", browser.Field("Family Name").GetAttribute("value"));
        Assert.DoesNotContain("short", browser.Html, StringComparison.Ordinal);
        FillAll(browser);
        browser.Fill("Organization Code", "prairie");
        await browser.ClickAsync("Set Up");
        Assert.Contains("belongs to another organization", browser.Alert, StringComparison.Ordinal);
        Assert.Equal((0, 1, 0), await CountsAsync(app));

        FillAll(browser);
        browser.Fill("Organization Code", "STATE");
        await browser.ClickAsync("Set Up");
        Assert.Equal("/set-up/done", browser.Url);
    }

    [Theory, EachDatabase, Scenario("A-14", "V8.2.3")]
    public async Task Fields_that_nobody_asked_for_are_not_looked_at(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await OpenLinkAsync(app);
        FillAll(browser);
        var form = browser.FormOf("Set Up");
        foreach (var name in new[] { "Roles", "Input.Roles", "Input.Operator.Roles" })
        {
            form.Add(name, "127");
        }

        form.Add("Input.OrganizationType", "School");
        form.Add("Input.PasswordIsTemporary", "true");
        form.Add("Input.EmailConfirmedAt", "2026-01-01");
        form.Add("Input.Username", "second");
        await browser.SubmitAsync(form);

        var account = await app.ReadAsync(db => db.Accounts.SingleAsync());
        Assert.Equal((false, null), (account.PasswordIsTemporary, account.EmailConfirmedAt));
        Assert.Equal(Roles.RegistryOperator, (await app.ReadAsync(db => db.Memberships.SingleAsync())).Roles);
        Assert.Equal(OrganizationType.StateProgram, (await app.ReadAsync(db => db.Organizations.SingleAsync())).Type);
        Assert.Equal("olga", (await app.ReadAsync(db => db.SignInNames.SingleAsync())).Name);
    }

    [Fact, Scenario("S0-17")]
    public async Task The_page_changes_its_language_and_keeps_what_was_typed()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        using var browser = await OpenLinkAsync(app);
        browser.Fill("Registry Name", "Registro de la Pradera");

        await browser.ClickAsync("Español");

        Assert.Equal("Configure este registro", browser.Heading);
        Assert.Equal("Registro de la Pradera", browser.Field("Nombre del registro").GetAttribute("value"));
        Assert.Null(browser.Alert);
    }

    [Fact, Scenario("S1-10")]
    public async Task Where_people_sign_in_by_email_address_no_username_is_asked()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:Policy", "clinic"));
        using var browser = await OpenLinkAsync(app);
        Assert.Throws<InvalidOperationException>(() => browser.Field("Username"));

        FillAll(browser, withUsername: false);
        await browser.ClickAsync("Set Up");

        Assert.Equal("/set-up/done", browser.Url);
        Assert.Equal("olga@health.example", (await app.ReadAsync(db => db.SignInNames.SingleAsync())).Name);
    }

    private static Task<string> TokenAsync(CardeaApp app) =>
        app.RunAsync<SetUpDoor, string>(async door => (await door.OpenAsync(CancellationToken.None))!);

    private static async Task<PersonBrowser> OpenLinkAsync(CardeaApp app)
    {
        var browser = app.OpenBrowser();
        await browser.OpenAsync($"/set-up?token={await TokenAsync(app)}");
        return browser;
    }

    private static void FillAll(PersonBrowser browser, bool withUsername = true)
    {
        browser.Fill("Registry Name", "Prairie Registry");
        browser.Fill("Public Address", "https://signin.example.org");
        browser.Fill("Help Desk Name", "Prairie Help Desk");
        browser.Fill("Help Desk Email", "help@health.example");
        browser.Fill("Help Desk Phone", "612-555-0100");
        browser.Fill("Help Desk Website", "https://help.example.org/registry");
        browser.Fill("Organization Code", "PRAIRIE");
        browser.Fill("Organization Name", "Department of Health");
        browser.Fill("Time Zone", "Central Time (Chicago)");
        browser.Fill("Given Name", "Olga");
        browser.Fill("Family Name", "Diallo");
        browser.Fill("Work Email Address", "Olga@health.example");
        if (withUsername)
        {
            browser.Fill("Username", "olga");
        }

        browser.Fill("New Password", Password);
        browser.Fill("Confirm New Password", Password);
    }

    private static async Task<(int Accounts, int Organizations, int Names)> CountsAsync(CardeaApp app) =>
        await app.ReadAsync(async db => (await db.Accounts.CountAsync(), await db.Organizations.CountAsync(), await db.SignInNames.CountAsync()));
}
