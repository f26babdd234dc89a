using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.People;
using Cardea.Rules.Permissions;
using Cardea.Tests.People;

namespace Cardea.Tests.FurtherOrganizations;

/// <summary>Access to a further organization, as it is given, changed and ended at the console.</summary>
[Scenario("A-15", "A-19", "V8.2.1")]
public sealed class AccessPagesTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task The_help_desk_gives_changes_and_ends_access_and_the_person_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        using var browser = await app.SignInAsync(await app.AddHelpDeskAsync());
        await browser.OpenPersonAsync(amina);
        await browser.FollowAsync("Organizations");
        browser.Fill("Organization code", further.Code);
        browser.Fill("Standard", "yes");
        await browser.ClickAsync("Give access");
        Assert.Contains("Access was given.", browser.Text, StringComparison.Ordinal);
        using var there = await app.SignInAtAsync(further, amina);
        Assert.Equal("/", there.Url);

        await browser.OpenAsync(PathOf(amina, further));
        browser.Fill("Reports Only", "yes");
        await browser.ClickAsync("Save");
        Assert.Contains("The roles are changed.", browser.Text, StringComparison.Ordinal);
        Assert.Equal(Roles.Standard | Roles.ReportsOnly, (await app.WorksForAsync(there)).Roles);

        await browser.OpenAsync($"{PathOf(amina, further)}/end");
        await browser.ClickAsync("End access");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        browser.Fill("Reason", "Works there no more");
        await browser.ClickAsync("End access");
        Assert.Contains("Access was ended.", browser.Text, StringComparison.Ordinal);
        await there.OpenAsync("/");
        Assert.StartsWith("/sign-in", there.Url, StringComparison.Ordinal);

        var audit = (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id && entry.Name.StartsWith("access.", StringComparison.Ordinal));
        Assert.Equal(["access.given.v1", "access.changed.v1", "access.ended.v1"], audit.Select(entry => entry.Name));
        var mails = await app.ReadAsync(db => db.OutboxMessages.Where(m => m.AccountId == amina.Id && m.Kind == HelpGivenMail.Kind).CountAsync());
        Assert.Equal(3, mails);
    }

    [Theory, EachDatabase, Scenario("S2-04")]
    public async Task What_cannot_be_given_is_said_at_its_field_and_what_was_typed_stays(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.AddPersonAsync(organization: further, username: amina.Username);
        using var browser = await app.SignInAsync(await app.AddHelpDeskAsync());
        await browser.OpenAsync($"{PersonModel.PathOf(amina.Id)}/organizations");

        await browser.ClickAsync("Give access");
        Assert.Contains("Enter the code of the organization.", browser.Alert, StringComparison.Ordinal);
        browser.Fill("Organization code", further.Code.ToLowerInvariant());
        browser.Fill("Standard", "yes");
        await browser.ClickAsync("Give access");
        Assert.Contains("There is no organization with this code.", browser.Alert, StringComparison.Ordinal);
        browser.Fill("Organization code", amina.Organization.Code);
        await browser.ClickAsync("Give access");
        Assert.Contains("This person works for that organization already.", browser.Alert, StringComparison.Ordinal);
        browser.Fill("Organization code", further.Code);
        await browser.ClickAsync("Give access");
        Assert.Contains($"has the username {amina.Username}", browser.Alert, StringComparison.Ordinal);
        browser.Fill("Username there", $"{amina.Username}-2");
        await browser.ClickAsync("Give access");
        Assert.Contains("Access was given.", browser.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task An_administrator_looks_after_guests_of_their_organization_and_touches_nothing_else_of_them(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var (amina, elsewhere) = (await app.AddPersonAsync(), await app.AddOrganizationAsync());
        await app.GiveAccessAsync(amina, olga.Organization, Roles.ViewOnly);
        await app.GiveAccessAsync(amina, elsewhere);
        using var browser = await app.SignInAsync(olga);
        foreach (var path in Enum.GetValues<PersonAct>().Select(act => PersonActs.PathOf(act, amina.Id))
            .Concat(((string[])["", "/edit", "/roles", "/organizations"]).Select(page => PersonModel.PathOf(amina.Id) + page))
            .Append(PathOf(amina, elsewhere)).Append(PathOf(amina, amina.Organization)))
        {
            await browser.OpenAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, browser.Status));
        }

        await browser.OpenAsync($"{PersonModel.PathOf((await app.AddPersonAsync(organization: olga.Organization)).Id)}/organizations");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);   // for whom else one's own people work is not theirs to see, or to say

        await browser.OpenAsync("/admin/people/guests");
        await browser.FollowAsync($"{TestPerson.FamilyName}, {TestPerson.GivenName}");
        browser.Fill("Administrator", "yes");
        await browser.ClickAsync("Save");
        Assert.Contains("The roles are changed.", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync($"{PathOf(amina, olga.Organization)}/end");
        browser.Fill("Reason", "Works here no more");
        await browser.ClickAsync("End access");
        Assert.Equal("/admin/people/guests?done=Ended", browser.Url);
        Assert.Contains("Nobody from another organization works here.", browser.Text, StringComparison.Ordinal);
        Assert.Equal(2, await app.ReadAsync(db => db.Memberships.CountAsync(m => m.AccountId == amina.Id)));

        await browser.OpenAsync(PathOf(amina, olga.Organization));
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Theory, EachDatabase]
    public async Task Nobody_without_the_right_sees_any_of_it_and_nobody_acts_above_their_rank_or_on_themselves(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var guests = new Dictionary<Rank, TestPerson>();
        foreach (var roles in (Roles[])[Roles.Standard, Roles.Administrator, Roles.HelpDesk, Roles.RegistryOperator])
        {
            guests[AdministrationRules.RankOf(roles)] = await app.AddPersonAsync(roles: roles);
            await app.GiveAccessAsync(guests[AdministrationRules.RankOf(roles)], clinic);
        }

        foreach (var roles in (Roles[])[Roles.Standard, Roles.Administrator, Roles.HelpDesk, Roles.RegistryOperator])
        {
            var manager = await app.AddPersonAsync(organization: clinic, roles: roles);
            var rank = AdministrationRules.RankOf(roles);
            using var browser = await app.SignInAsync(manager);
            await browser.OpenAsync("/admin/people/guests");
            Assert.Equal((roles, rank is Rank.None ? HttpStatusCode.NotFound : HttpStatusCode.OK), (roles, browser.Status));
            foreach (var (theirs, guest) in guests)
            {
                var expected = rank is Rank.None ? HttpStatusCode.NotFound : theirs > rank ? HttpStatusCode.Forbidden : HttpStatusCode.OK;
                foreach (var path in (string[])[PathOf(guest, clinic), $"{PathOf(guest, clinic)}/end"])
                {
                    await browser.OpenAsync(path);
                    Assert.Equal((roles, theirs, path, expected), (roles, theirs, path, browser.Status));
                }

                await browser.OpenAsync($"{PersonModel.PathOf(guest.Id)}/organizations");
                Assert.Equal((roles, theirs, rank >= Rank.HelpDesk ? HttpStatusCode.OK : HttpStatusCode.NotFound), (roles, theirs, browser.Status));
            }
        }

        var desk = guests[Rank.HelpDesk];
        using var own = await app.SignInAsync(desk);
        await own.OpenAsync(PathOf(desk, clinic));
        Assert.Equal(HttpStatusCode.Forbidden, own.Status);
        await own.OpenAsync($"{PersonModel.PathOf(desk.Id)}/organizations");
        Assert.DoesNotContain("Give access", own.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Roles_that_were_not_offered_are_refused(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var (further, another) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
        await app.GiveAccessAsync(amina, further);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: Roles.RegistryOperator));
        foreach (var role in (string[])["HelpDesk", "RegistryOperator", "96", "-1", "None"])
        {
            await browser.OpenAsync(PathOf(amina, further));
            var form = browser.FormOf("Save");
            form.Add("Input.Roles", role);
            await browser.SubmitAsync(form);
            Assert.Equal((role, HttpStatusCode.Forbidden), (role, browser.Status));

            await browser.OpenAsync($"{PersonModel.PathOf(amina.Id)}/organizations");
            browser.Fill("Organization code", another.Code);
            form = browser.FormOf("Give access");
            form.Add("Input.Roles", role);
            await browser.SubmitAsync(form);
            Assert.Equal((role, HttpStatusCode.Forbidden), (role, browser.Status));
        }
    }

    /// <summary>Two administrators over the same form: the second is told, and nothing is overwritten.</summary>
    [Theory, EachDatabase]
    public async Task What_somebody_else_has_changed_meanwhile_is_not_overwritten(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync();
        await app.GiveAccessAsync(amina, olga.Organization, Roles.ViewOnly);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync(PathOf(amina, olga.Organization));
        await app.RunAsync<ChangeAccess, ChangeAccessOutcome>(o => o.RunAsync(
            new(amina.Id, amina.Organization.Id), olga.Organization.Id, Roles.ViewOnly, Roles.ReportsOnly, CancellationToken.None));
        browser.Fill("Standard", "yes");

        await browser.ClickAsync("Save");

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("Somebody else has changed the roles meanwhile.", browser.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("V8.3.2")]
    public async Task What_a_page_has_found_is_looked_at_again_inside_the_transaction(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync();
        await app.GiveAccessAsync(amina, olga.Organization);
        await app.WriteAsync(db => db.Memberships.Where(m => m.AccountId == olga.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Roles.Standard)));
        var found = new FoundAccount(amina.Id, amina.Organization.Id) { By = new(olga.Id, olga.Organization.Id, Roles.Administrator, Reach.OwnOrganization) };

        await Assert.ThrowsAsync<OutOfReachException>(() => app.RunAsync<EndAccess, EndAccessOutcome>(
            o => o.RunAsync(found, olga.Organization.Id, "x", CancellationToken.None)));
        await Assert.ThrowsAsync<OutOfReachException>(() => app.RunAsync<ChangeAccess, ChangeAccessOutcome>(
            o => o.RunAsync(found, olga.Organization.Id, Roles.Standard, Roles.ViewOnly, CancellationToken.None)));
        await Assert.ThrowsAsync<OutOfReachException>(() => app.RunAsync<GiveAccess, GiveAccessOutcome>(
            o => o.RunAsync(found, new(olga.Organization.Code, Roles.Standard, null), CancellationToken.None)));
    }

    [Theory, EachDatabase, Scenario("X-05")]
    public async Task The_last_administrator_of_an_organization_stays_also_where_they_come_from_another(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further, Roles.Administrator);

        Assert.Equal(EndAccessOutcome.IsLastAdministrator, await app.EndAccessAsync(amina, further));
        Assert.Equal(ChangeAccessOutcome.IsLastAdministrator, await app.RunAsync<ChangeAccess, ChangeAccessOutcome>(o => o.RunAsync(
            new(amina.Id, amina.Organization.Id), further.Id, Roles.Administrator, Roles.Standard, CancellationToken.None)));

        await app.AddAdministratorAsync(further);
        Assert.Equal(EndAccessOutcome.Ended, await app.EndAccessAsync(amina, further));
    }

    /// <summary>Two administrators, one of another organization, who are sent away at the same moment: one of them stays.</summary>
    [Theory, EachDatabase, Scenario("X-05")]
    public async Task Of_the_last_two_administrators_who_are_sent_away_at_once_one_stays(Database database)
    {
        var app = await apps.OnAsync(database);
        for (var round = 0; round < 3; round++)
        {
            var further = await app.AddOrganizationAsync();
            var two = new[] { await app.AddPersonAsync(), await app.AddPersonAsync() };
            foreach (var person in two)
            {
                await app.GiveAccessAsync(person, further, Roles.Administrator);
            }

            var outcomes = await Task.WhenAll(two.Select(person => Task.Run(() => app.EndAccessAsync(person, further))));

            Assert.Equal([EndAccessOutcome.Ended, EndAccessOutcome.IsLastAdministrator], outcomes.Order());
        }
    }

    private static string PathOf(TestPerson person, TestOrganization organization) => $"{PersonModel.PathOf(person.Id)}/organizations/{organization.Id}";
}
