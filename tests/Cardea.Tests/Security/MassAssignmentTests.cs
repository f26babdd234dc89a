using System.Net;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Security;

/// <summary>Fields that no form has, sent along with every form (authentik CVE-2024-37905).</summary>
[Scenario("A-14", "V8.2.3", "V15.3.3", "V15.3.7", "V1.5.3")]
public sealed class MassAssignmentTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly string[] Greedy =
    [
        "Roles", "Role", "Input.Roles", "IsAdmin", "OrganizationId", "HomeOrganizationId", "AccountId", "Input.AccountId", "DisabledAt", "EmailConfirmedAt",
        "PasswordHash", "Input.PasswordHash", "PasswordIsTemporary", "Person.Standing.Roles", "Person.IsComplete", "IsComplete", "CompletedAt", "SessionId", "sub",
    ];

    [Theory, EachDatabase]
    public async Task Fields_that_no_form_has_change_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var other = await app.AddPersonAsync();
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.Fill("Organization Code", amina.Organization.Code);
        browser.Fill("Username", amina.Username);
        browser.Fill("Password", amina.Password);
        await SubmitGreedilyAsync(browser, "Login", other.Id);
        Assert.Equal("/sign-in/password", browser.Url);

        browser.Fill("New Password", "Quiet#Lantern88");
        browser.Fill("Confirm New Password", "Quiet#Lantern88");
        await SubmitGreedilyAsync(browser, "Save", other.Id);

        var account = await app.ReadAsync(db => db.Accounts.SingleAsync(a => a.Id == amina.Id));
        Assert.Equal((amina.Organization.Id, null, null, false), (account.HomeOrganizationId, account.DisabledAt, account.EmailConfirmedAt, account.PasswordIsTemporary));
        Assert.Equal(Roles.Standard, await app.ReadAsync(db => db.Memberships.Where(m => m.AccountId == amina.Id).Select(m => m.Roles).SingleAsync()));
        Assert.Equal([amina.Id], await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id || s.AccountId == other.Id).Select(s => s.AccountId).ToListAsync()));
        Assert.Null(await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.CompletedAt).SingleAsync()));
        using var otherStill = await app.SignInAsync(other);
        Assert.Equal("/", otherStill.Url);
    }

    /// <summary>Of two values for one field the first counts, wherever it is read: a second one neither opens anything nor hides behind the first.</summary>
    [Theory, EachDatabase]
    public async Task A_second_value_for_a_field_is_of_no_effect(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var ben = await app.AddPersonAsync(organization: amina.Organization);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.Fill("Organization Code", amina.Organization.Code);
        browser.Fill("Username", amina.Username);
        browser.Fill("Password", "Wrong#Password11");
        var form = browser.FormOf("Login");
        form.Add("Input.Username", ben.Username);
        form.Add("Input.Password", ben.Password);

        await browser.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.BadRequest, "Invalid credentials"), (browser.Status, browser.Alert));
        Assert.Contains(await app.AuditAsync(), entry => (entry.SubjectId, entry.Reason) == (amina.Id, "WrongPassword"));
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.SubjectId == ben.Id);
    }

    private static Task SubmitGreedilyAsync(PersonBrowser browser, string button, Guid someoneElse)
    {
        var form = browser.FormOf(button);
        foreach (var field in Greedy)
        {
            form.Add(field, field.EndsWith("Id", StringComparison.Ordinal) ? someoneElse.ToString() : "RegistryOperator");
        }

        form.Target = new($"{form.Target}?{string.Join('&', Greedy.Select(field => $"{field}={someoneElse}"))}");
        return browser.SubmitAsync(form);
    }
}
