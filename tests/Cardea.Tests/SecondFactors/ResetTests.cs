using System.Net;
using Cardea.Features.Audit;
using Cardea.Features.SecondFactors;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.CommandLine;

namespace Cardea.Tests.SecondFactors;

/// <summary>Somebody's phone is gone, and they have no recovery code: their administrator helps.</summary>
[Scenario("S1-11")]
public sealed class ResetTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/admin/second-factor/reset";

    [Theory, EachDatabase, Scenario("V6.3.7", "V6.5.6", "N-17")]
    public async Task Their_sessions_end_they_are_told_and_they_set_up_again(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        var ben = await app.AddPersonAsync(organization: admin.Organization, change: account => account.GivenName = "Ben");
        await app.AskForSecondFactorAsync(admin.Organization, OrganizationMethod.Emails);
        var bensPhone = await app.AddAuthenticatorAsync(ben);
        using var bens = await app.SignInAsync(ben);
        await bens.EnterCodeAsync(bensPhone.Code());
        using var browser = await app.SignInAsync(admin);
        await browser.OpenAsync("/admin/second-factor");
        await browser.FollowAsync("Somebody lost their phone: reset their second factor");

        browser.Fill("Person", $"Ben Diallo ({ben.Username})");
        await browser.ClickAsync("Reset");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Verify the person’s identity first", browser.Alert, StringComparison.Ordinal);
        browser.Fill("I have verified the person’s identity: I see them, or called them back on a number that I know.", "yes");
        await browser.ClickAsync("Reset");

        Assert.Contains("Done. They have been told by mail.", browser.Text, StringComparison.Ordinal);
        var factor = await app.FactorOfAsync(ben);
        Assert.Equal((FactorEnd.ByAdministrator, null), (factor.RemovedBecause, factor.ProtectedKey));
        Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.Kind == "factors-reset" && m.AccountId == ben.Id).ToListAsync()));
        Assert.Contains(await app.AuditAsync(), e => e.Name == "factor.removed.v1" && e.SubjectId == ben.Id && e.ActorId == admin.Id.ToString());
        await bens.OpenAsync("/account");
        Assert.StartsWith("/sign-in", bens.Url, StringComparison.Ordinal);
        using var again = await app.SignInAsync(ben);
        Assert.Equal("/sign-in/second-factor-set-up/email", again.Url);
    }

    [Theory, EachDatabase]
    public async Task Two_of_one_name_can_be_told_apart(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        var (one, other) = (await app.AddPersonAsync(organization: admin.Organization), await app.AddPersonAsync(organization: admin.Organization));
        await app.AddAuthenticatorAsync(one);
        await app.AddAuthenticatorAsync(other);
        using var browser = await app.SignInAsync(admin);

        await browser.OpenAsync("/admin/second-factor/reset");
        browser.Fill("Person", $"Amina Diallo ({other.Username})");

        Assert.Equal(other.Id.ToString(), browser.FormOf("Reset")["Input.Person"]);
    }

    [Theory, EachDatabase, Scenario("A-12", "V8.2.1")]
    public async Task Nobody_of_another_clinic_nobody_above_and_not_oneself(Database database)
    {
        var app = await apps.OnAsync(database);
        var admin = await app.AddPersonAsync(roles: Roles.Administrator);
        var stranger = await app.AddPersonAsync();
        var desk = await app.AddPersonAsync(roles: Roles.HelpDesk, organization: admin.Organization);
        var colleague = await app.AddPersonAsync(organization: admin.Organization);
        foreach (var person in (TestPerson[])[stranger, colleague])
        {
            await app.AddFactorAsync(person, FactorKinds.Email);
        }

        using var browser = await app.SignInAsync(admin);
        await browser.OpenAsync(Page);
        foreach (var person in (TestPerson[])[stranger, desk, admin])
        {
            var form = browser.FormOf("Reset");
            form["Input.Person"] = person.Id.ToString();
            form.Add("Input.IsVerified", "true");
            await browser.SubmitAsync(form);
            Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
            Assert.Null((await app.FactorOfAsync(person)).RemovedAt);
        }
    }

    /// <summary>Nobody stands above an operator: whoever runs the machine helps.</summary>
    [Theory, EachDatabase, Scenario("X-05", "V6.5.6")]
    public async Task The_command_line_resets_anybody(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        using var before = await app.SignInAsync(olga);
        string[] reset = ["accounts", "reset-second-factor", "--organization", olga.Organization.Code, "--username", olga.Username];

        var done = await app.CommandAsync(reset);

        Assert.Equal((0, ""), (done.ExitCode, done.Error));
        await before.OpenAsync("/account");
        Assert.StartsWith("/sign-in", before.Url, StringComparison.Ordinal);
        using var next = await app.SignInAsync(olga with { Authenticator = null });
        Assert.Equal("/sign-in/second-factor-set-up/choose", next.Url);
        Assert.Single(await app.AuditAsync(), e => e.Name == "factor.removed.v1" && e.SubjectId == olga.Id && e.ActorKind is ActorKind.CommandLine);
        Assert.Equal("The account has no second factor.", (await app.CommandAsync(reset)).Problems.Single());
    }

    [Theory, EachDatabase]
    public async Task Nobody_but_an_administrator_finds_the_page(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        await browser.OpenAsync(Page);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }
}
