using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.People;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.People;

/// <summary>Every page of a person × every role of whoever opens it × every role of the person (V8.2.1, A-15, A-19).</summary>
[Scenario("V8.2.1", "V8.2.2", "V8.3.1", "V8.4.1", "A-15", "A-19")]
public sealed class WhoMayActTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly IReadOnlyList<string> Pages =
        [.. Enum.GetValues<PersonAct>().Where(act => act is not PersonAct.Restore).Select(act => PersonActs.PathOf(act, Guid.Empty)), $"/admin/people/{Guid.Empty}/caller", $"/admin/people/{Guid.Empty}/edit", $"/admin/people/{Guid.Empty}/roles"];

    [Theory, EachDatabase]
    public async Task Another_organizations_person_does_not_exist_and_nobody_acts_above_their_rank(Database database)
    {
        var app = await apps.OnAsync(database);
        var clinic = await app.AddOrganizationAsync();
        var people = new List<(TestPerson Person, Rank Rank, bool IsOurs)>();
        foreach (var roles in (Roles[])[Roles.Standard, Roles.Administrator, Roles.HelpDesk, Roles.RegistryOperator])
        {
            people.Add((await app.AddPersonAsync(organization: clinic, roles: roles), AdministrationRules.RankOf(roles), true));
            people.Add((await app.AddPersonAsync(roles: roles), AdministrationRules.RankOf(roles), false));
        }

        foreach (var roles in (Roles[])[Roles.ViewOnly, Roles.SchoolOrChildCare, Roles.Standard, Roles.ReportsOnly, Roles.Administrator, Roles.HelpDesk, Roles.RegistryOperator])
        {
            var manager = await app.AddPersonAsync(organization: clinic, roles: roles);
            using var browser = await app.SignInAsync(manager);
            browser.FollowsRedirects = false;
            var rank = AdministrationRules.RankOf(roles);
            foreach (var (person, theirs, isOurs) in people)
            {
                var isThere = rank >= Rank.HelpDesk || (rank is Rank.Administrator && isOurs);
                var expected = !isThere ? HttpStatusCode.NotFound : theirs > rank ? HttpStatusCode.Forbidden : HttpStatusCode.OK;
                await browser.OpenPersonAsync(person);
                Assert.Equal((roles, person.Id, isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound), (roles, person.Id, browser.Status));
                foreach (var page in Pages)
                {
                    await browser.OpenAsync(page.Replace(Guid.Empty.ToString(), person.Id.ToString(), StringComparison.Ordinal));
                    Assert.Equal((roles, theirs, isOurs, page, expected), (roles, theirs, isOurs, page, browser.Status));
                }
            }

            foreach (var page in Pages)   // oneself
            {
                await browser.OpenAsync(page.Replace(Guid.Empty.ToString(), manager.Id.ToString(), StringComparison.Ordinal));
                Assert.Equal((roles, page, rank is Rank.None ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden), (roles, page, browser.Status));
            }
        }
    }

    /// <summary>The form is that of somebody one may act on; only the address is another's.</summary>
    [Theory, EachDatabase]
    public async Task A_form_sent_to_somebody_elses_address_changes_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        var stranger = await app.AddPersonAsync();
        var desk = await app.AddPersonAsync(organization: olga.Organization, roles: Roles.HelpDesk);
        using var browser = await app.SignInAsync(olga);
        foreach (var act in (PersonAct[])[PersonAct.Unlock, PersonAct.EndSessions, PersonAct.NewPassword, PersonAct.Disable, PersonAct.Delete])
        {
            foreach (var (person, expected) in ((TestPerson, HttpStatusCode)[])[(stranger, HttpStatusCode.NotFound), (desk, HttpStatusCode.Forbidden), (olga, HttpStatusCode.Forbidden)])
            {
                await browser.OpenActAsync(act, amina);
                var form = browser.FormOf(act switch
                {
                    PersonAct.NewPassword => "Give a new temporary password",
                    PersonAct.Disable => "Deactivate",
                    PersonAct.EndSessions => "Sign out everywhere",
                    _ => act.ToString(),
                });
                form.Target = new(form.Target, PersonActs.PathOf(act, person.Id));
                form.Add("Input.Reason", "For no reason");
                form.Add("Input.IsVerified", "true");
                await browser.SubmitAsync(form);
                Assert.Equal((act, expected), (act, browser.Status));
            }
        }

        var audit = await app.AuditAsync();
        Assert.DoesNotContain(audit, e => e.ActorId == olga.Id.ToString() && (e.SubjectId == stranger.Id || e.SubjectId == desk.Id));
    }

    [Theory, EachDatabase]
    public async Task Roles_that_were_not_offered_are_refused_to_new_people_and_old(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var desk = await app.AddHelpDeskAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        foreach (var manager in (TestPerson[])[olga, desk])
        {
            using var browser = await app.SignInAsync(manager);
            foreach (var role in (string[])["HelpDesk", "RegistryOperator", "96", "127", "-1", "None", "Standard, RegistryOperator"])
            {
                await browser.OpenAsync($"/admin/people/{amina.Id}/roles");
                var form = browser.FormOf("Save");
                form.Add("Input.Roles", role);
                await browser.SubmitAsync(form);
                Assert.Equal((role, HttpStatusCode.Forbidden), (role, browser.Status));

                await browser.OpenAsync("/admin/people/new");
                form = browser.FormOf("Create account");
                form.Add("Input.Roles", role);
                await browser.SubmitAsync(form);
                Assert.Equal((role, HttpStatusCode.Forbidden), (role, browser.Status));
            }
        }

        Assert.Equal(Roles.Standard, await app.ReadAsync(db => db.Memberships.Where(m => m.AccountId == amina.Id).Select(m => m.Roles).SingleAsync()));
    }

    /// <summary>Whoever may act when the page is opened may not any more when the form is sent.</summary>
    [Theory, EachDatabase, Scenario("V8.3.2")]
    public async Task A_right_that_was_lost_meanwhile_is_lost_at_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var (amina, moved) = (await app.AddPersonAsync(organization: olga.Organization), await app.AddPersonAsync(organization: olga.Organization));
        using var browser = await app.SignInAsync(olga);
        await browser.OpenActAsync(PersonAct.Unlock, moved);
        await app.WriteAsync(db => db.Memberships.Where(m => m.AccountId == moved.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Roles.HelpDesk)));
        await browser.ClickAsync("Unlock");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);

        await browser.OpenActAsync(PersonAct.Unlock, amina);
        await app.WriteAsync(db => db.Memberships.Where(m => m.AccountId == olga.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Roles.Standard)));
        await browser.ClickAsync("Unlock");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    /// <summary>Between the look and the act, in the operation itself.</summary>
    [Theory, EachDatabase, Scenario("V8.3.2")]
    public async Task What_a_page_has_found_is_looked_at_again_inside_the_transaction(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        var by = new Manager(olga.Id, olga.Organization.Id, Roles.Administrator, Reach.OwnOrganization);
        var found = new FoundAccount(amina.Id, amina.Organization.Id) { By = by };
        await app.WriteAsync(db => db.Memberships.Where(m => m.AccountId == amina.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Roles.HelpDesk)));

        await RefusedAsync<DisableAccount, DisableAccountOutcome>(o => o.RunAsync(found, "x", CancellationToken.None));
        await RefusedAsync<EnableAccount, EnableAccountOutcome>(o => o.RunAsync(found, "x", CancellationToken.None));
        await RefusedAsync<UnlockAccount, UnlockAccountOutcome>(o => o.RunAsync(found, CancellationToken.None));
        await RefusedAsync<GiveNewPassword, GiveNewPasswordOutcome>(o => o.RunAsync(found, CancellationToken.None));
        await RefusedAsync<EndSessions, int>(o => o.RunAsync(found, CancellationToken.None));
        await RefusedAsync<DeleteAccount, DeleteAccountOutcome>(o => o.RunAsync(found, "x", CancellationToken.None));
        await RefusedAsync<RestoreAccount, RestoreAccountOutcome>(o => o.RunAsync(found, "x", CancellationToken.None));
        await RefusedAsync<ChangeRoles, ChangeRolesOutcome>(o => o.RunAsync(found, Roles.HelpDesk, Roles.Standard, CancellationToken.None));
        await RefusedAsync<ChangePerson, ChangePersonOutcome>(o => o.RunAsync(found, new("A", "B", "abc", "a@b.example", null), "", mayChangeAddress: true, CancellationToken.None));
        await RefusedAsync<Features.Lifecycle.ReactivateAccount, Features.Lifecycle.ReactivateAccountOutcome>(o => o.RunAsync(found, "x", CancellationToken.None));
        await RefusedAsync<Features.SecondFactors.Clinics.ResetSecondFactor, bool>(o => o.RunAsync(found, CancellationToken.None));

        Task RefusedAsync<TOperation, T>(Func<TOperation, Task<T>> run)
            where TOperation : notnull =>
            Assert.ThrowsAsync<OutOfReachException>(() => app.RunAsync<TOperation, T>(run));
    }

    [Theory, EachDatabase, Scenario("X-05")]
    public async Task The_last_administrator_and_the_last_operator_stay(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var oren = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        var desk = await app.AddHelpDeskAsync();
        var olga = await app.AddAdministratorAsync();
        using var browser = await app.SignInAsync(desk);
        foreach (var (act, button) in ((PersonAct, string)[])[(PersonAct.Disable, "Deactivate"), (PersonAct.Delete, "Delete")])
        {
            await browser.OpenActAsync(act, olga);
            browser.Fill("Reason", "Left the clinic");
            await browser.ClickAsync(button);
            Assert.Equal(HttpStatusCode.Conflict, browser.Status);
            Assert.Contains("last administrator", browser.Alert, StringComparison.Ordinal);
        }

        await browser.OpenAsync($"/admin/people/{olga.Id}/roles");
        browser.Fill("Administrator", "");
        browser.Fill("Standard", "yes");
        await browser.ClickAsync("Save");
        Assert.Contains("last administrator", browser.Alert, StringComparison.Ordinal);

        await app.AddAdministratorAsync(olga.Organization);
        await browser.ClickAsync("Save");
        Assert.Contains("The roles are changed.", browser.Text, StringComparison.Ordinal);

        var found = new FoundAccount(oren.Id, oren.Organization.Id);
        Assert.Equal(DeleteAccountOutcome.IsLastOperator, await app.RunAsync<DeleteAccount, DeleteAccountOutcome>(o => o.RunAsync(found, "x", CancellationToken.None)));
        Assert.Equal(ChangeRolesOutcome.IsLastOperator, await app.RunAsync<ChangeRoles, ChangeRolesOutcome>(
            o => o.RunAsync(found, Roles.RegistryOperator, Roles.Standard, CancellationToken.None)));
    }

    /// <summary>Two administrators who take the power from each other at the same moment: one of them keeps it.</summary>
    [Theory, EachDatabase, Scenario("X-05")]
    public async Task Of_two_who_demote_each_other_at_once_one_stays(Database database)
    {
        var app = await apps.OnAsync(database);
        for (var round = 0; round < 5; round++)
        {
            var olga = await app.AddAdministratorAsync();
            var oscar = await app.AddAdministratorAsync(olga.Organization);

            await Task.WhenAll(DemoteAsync(olga), DemoteAsync(oscar));

            Assert.Equal(1, await app.ReadAsync(db => db.Memberships.CountAsync(m => m.OrganizationId == olga.Organization.Id && (m.Roles & Roles.Administrator) != 0)));
        }

        Task<ChangeRolesOutcome> DemoteAsync(TestPerson person) => Task.Run(() => app.RunAsync<ChangeRoles, ChangeRolesOutcome>(
            o => o.RunAsync(new(person.Id, person.Organization.Id), Roles.Administrator, Roles.Standard, CancellationToken.None)));
    }
}
