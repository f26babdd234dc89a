using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.Sessions;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.Recovery;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.Organizations;

[Scenario("X-03", "V7.4.2", "V8.3.2")]
public sealed class DeactivateOrganizationTests(PublicAddressApps apps) : IClassFixture<PublicAddressApps>
{
    [Theory, EachDatabase]
    public async Task Everybody_there_is_out_at_once_and_comes_in_again_after_it_is_reactivated(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddPatientAsync(organization: amina.Organization);
        using var atWork = await app.SignInAsync(amina);
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync(amina.Organization.Page);
        await browser.FollowAsync("Deactivate");
        Assert.Contains("Members of staff who lose access: 1.", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Patients whose account it keeps, who lose access: 1.", browser.Text, StringComparison.Ordinal);

        browser.Fill("Reason", "  The clinic has closed ");
        await browser.ClickAsync("Deactivate");

        Assert.Contains("The organization is deactivated", browser.Text, StringComparison.Ordinal);
        await atWork.OpenAsync("/account");
        Assert.StartsWith("/sign-in?", atWork.Url, StringComparison.Ordinal);
        Assert.Equal(SessionEnd.OrganizationDeactivated, await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.EndedBecause).SingleAsync()));
        using (var again = await app.SignInAsync(amina))
        {
            Assert.Equal("Invalid credentials", again.Alert);
        }

        var entry = Assert.Single(await app.AuditAsync(), e => e.Name == "organization.deactivated.v1" && e.OrganizationId == amina.Organization.Id);
        Assert.Equal(("The clinic has closed", "{\"SessionsEnded\":1}"), (entry.Reason, entry.Payload));

        await browser.OpenAsync(amina.Organization.Page);
        await browser.FollowAsync("Reactivate");
        browser.Fill("Reason", "Opened again");
        await browser.ClickAsync("Reactivate");
        Assert.Contains("The organization is active again.", browser.Text, StringComparison.Ordinal);
        using var back = await app.SignInAsync(amina);
        Assert.Equal("/", back.Url);
        Assert.Single(await app.AuditAsync(), e => e.Name == "organization.reactivated.v1" && e.Reason == "Opened again" && e.OrganizationId == amina.Organization.Id);
    }

    /// <summary>A sign-in that was on its way may begin a session a moment after all others were ended.</summary>
    [Theory, EachDatabase]
    public async Task A_session_that_was_missed_ends_with_its_next_request(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await app.ChangeOrganizationAsync(amina.Organization, o => o.DeactivatedAt = app.Clock.GetUtcNow());

        await browser.OpenAsync("/account");

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        Assert.Equal(SessionEnd.OrganizationDeactivated, await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.EndedBecause).SingleAsync()));
    }

    /// <summary>The home organization manages the credentials: without it, another one opens nothing; and without that one, it opens nothing there.</summary>
    [Theory]
    [EachDatabase(true)]
    [EachDatabase(false)]
    public async Task Who_works_elsewhere_needs_both_organizations(Database database, bool isHome)
    {
        var app = await apps.OnAsync(database);
        var (amina, other) = (await app.AddPersonAsync(), await app.AddOrganizationAsync());
        using var browser = await app.SignInAsync(amina);
        await app.WriteAsync(async db =>
        {
            db.Add(new Membership { AccountId = amina.Id, OrganizationId = other.Id, Roles = Roles.Standard });
            await db.SaveChangesAsync();
            await db.Sessions.Where(s => s.AccountId == amina.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.OrganizationId, other.Id));
        });
        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
        await app.ChangeOrganizationAsync(isHome ? amina.Organization : other, o => o.DeactivatedAt = app.Clock.GetUtcNow());

        await browser.OpenAsync("/account");

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-30")]
    public async Task Nobody_there_resets_a_password_and_whoever_helps_sees_why(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        await app.ChangeOrganizationAsync(amina.Organization, o => o.DeactivatedAt = app.Clock.GetUtcNow());

        var person = await app.RunAsync<WhyNotIn, PersonAtTheDoor>(why => why.RunAsync(new(amina.Id, amina.Organization.Id), CancellationToken.None));

        Assert.Equal([new StandingReason.OrganizationDeactivated(app.Clock.GetUtcNow())], person.Reasons);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        await browser.AskForLinkAsync(amina);
        await app.WorkOffRequestsAsync();
        Assert.Equal("Your password cannot be reset by a link", Assert.Single(await app.MailsToAsync(amina.Email, expected: 1)).Subject);
        Assert.False(await app.ReadAsync(db => db.ResetLinks.AnyAsync(link => link.AccountId == amina.Id)));
    }

    [Theory]
    [EachDatabase("", "Reason: fill this in.")]
    [EachDatabase("  ", "Reason: fill this in.")]
    [EachDatabase("two\u2028lines", "Reason: there is a character that cannot be seen.")]
    public async Task Without_a_reason_nothing_happens(Database database, string reason, string sentence)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync($"{clinic.Page}/deactivate");

        browser.Fill("Reason", reason);
        await browser.ClickAsync("Deactivate");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Null((await app.ReadAsync(clinic)).DeactivatedAt);
    }

    [Theory, EachDatabase]
    public async Task Of_two_who_deactivate_the_second_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        using var browser = await app.SignInOperatorAsync();
        await browser.OpenAsync($"{clinic.Page}/deactivate");
        browser.Fill("Reason", "Closed");
        var form = browser.FormOf("Deactivate");

        await browser.SubmitAsync(form);
        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("a moment ago", browser.Alert, StringComparison.Ordinal);
        Assert.Single(await app.AuditAsync(), e => e.Name == "organization.deactivated.v1" && e.OrganizationId == clinic.Id);
    }

    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task Nobody_shuts_themselves_out(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync(olga.Organization.Page);
        Assert.DoesNotContain("Deactivate", browser.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await browser.OpenAsync($"{olga.Organization.Page}/deactivate");
        browser.Fill("Reason", "By mistake");
        await browser.ClickAsync("Deactivate");

        Assert.Contains("you would shut yourself out", browser.Alert, StringComparison.Ordinal);
        Assert.Null((await app.ReadAsync(olga.Organization)).DeactivatedAt);
    }

    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_organization_of_the_last_usable_operator_stays(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.CloseSetUpAsync();
        var (olga, oscar) = (await app.AddPersonAsync(roles: Roles.RegistryOperator), await app.AddPersonAsync(roles: Roles.RegistryOperator));
        var idle = await app.AddPersonAsync(roles: Roles.RegistryOperator, change: account => account.DisabledAt = app.Clock.GetUtcNow());

        Assert.IsType<DeactivateOrganizationOutcome.Deactivated>(await DeactivateAsync(app, idle.Organization));
        Assert.IsType<DeactivateOrganizationOutcome.Deactivated>(await DeactivateAsync(app, olga.Organization));
        Assert.IsType<DeactivateOrganizationOutcome.IsOfLastOperator>(await DeactivateAsync(app, oscar.Organization));
        var last = await app.RunAsync<DisableAccount, DisableAccountOutcome>(disable => disable.RunAsync(new(oscar.Id, oscar.Organization.Id), CancellationToken.None));
        Assert.Equal(DisableAccountOutcome.IsLastOperator, last);   // olga is one on paper only
    }

    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task Organizations_of_operators_that_are_deactivated_at_once_leave_one(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        await app.CloseSetUpAsync();
        var operators = new List<TestPerson>();
        for (var i = 0; i < 4; i++)
        {
            operators.Add(await app.AddPersonAsync(roles: Roles.RegistryOperator));
        }

        var outcomes = await Task.WhenAll(operators.Select(one => Task.Run(() => DeactivateAsync(app, one.Organization))));

        Assert.Equal(3, outcomes.OfType<DeactivateOrganizationOutcome.Deactivated>().Count());
        Assert.Equal(1, await app.ReadAsync(db => db.UsableOperators(DateTimeOffset.MinValue).CountAsync()));
    }

    private static Task<DeactivateOrganizationOutcome> DeactivateAsync(CardeaApp app, TestOrganization organization) =>
        app.RunAsync<DeactivateOrganization, DeactivateOrganizationOutcome>(
            deactivate => deactivate.RunAsync(organization.Id, own: null, "Closed", CancellationToken.None));
}
