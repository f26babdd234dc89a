using System.Net;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.People;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.SecondPerson;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.People;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.SecondPerson;

/// <summary>What could open everything: one asks, another one does it.</summary>
[Scenario("A-19", "V8.2.1", "V8.3.1")]
public sealed class SecondPersonTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Confirm = "Confirm and do it", List = "/admin/second-person";

    [Theory, EachDatabase, Scenario("X-05")]
    public async Task An_operator_is_made_by_two(Database database)
    {
        var app = await apps.OnAsync(database);
        var (oren, otto) = (await AddOperatorAsync(app), await AddOperatorAsync(app));
        var ben = await app.AddPersonAsync();
        using var orens = await app.SignInAsync(oren);
        await orens.OpenAsync($"/admin/people/{ben.Id}/roles");
        await orens.FollowAsync("Ask a second person to make them a registry operator");
        await AskAsync(orens, "Takes over from Oren in May");
        var act = await AboutAsync(app, ben);
        Assert.Equal(Roles.Standard, await RolesAsync(app, ben));

        using var ottos = await app.SignInAsync(otto);
        await ottos.OpenAsync("/admin/people");
        await ottos.FollowAsync("Waiting for a second person");
        await ottos.OpenAsync($"{List}/{act.Id}");
        Assert.Contains("Takes over from Oren in May", ottos.Text, StringComparison.Ordinal);
        await ottos.ClickAsync(Confirm);

        Assert.Contains("Done, in the name of both of you.", ottos.Text, StringComparison.Ordinal);
        Assert.Equal(Roles.Standard | Roles.RegistryOperator, await RolesAsync(app, ben));
        var audit = (await app.AuditAsync()).Where(e => e.SubjectId == ben.Id).ToList();
        Assert.Contains(audit, e => e.Name == "act.asked.v1" && e.ActorId == oren.Id.ToString() && e.Reason == "Takes over from Oren in May");
        Assert.Contains(audit, e => e.Name == "act.confirmed.v1" && e.ActorId == otto.Id.ToString() && e.Payload.Contains(oren.Id.ToString(), StringComparison.Ordinal));
        Assert.Contains(audit, e => e.Name == "account.roles_changed.v1" && e.ActorId == otto.Id.ToString());
        var ended = await ReadAsync(app, act.Id);
        Assert.Equal((PendingActEnd.Confirmed, otto.Id), (ended.End, ended.EndedBy));
    }

    [Theory, EachDatabase, Scenario("S1-11", "X-05")]
    public async Task The_factors_of_the_help_desk_and_of_operators_are_reset_by_two(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, second) = (await app.AddHelpDeskAsync(), await app.AddHelpDeskAsync());
        var dora = await app.AddPersonAsync(organization: desk.Organization, roles: Roles.HelpDesk);
        var ordinary = await app.AddPersonAsync(organization: desk.Organization);
        using var browser = await app.SignInAsync(desk);
        await browser.OpenActAsync(PersonAct.NewPassword, ordinary);
        var form = browser.FormOf("Give a new temporary password");
        form.Target = new(form.Target, PersonActs.PathOf(PersonAct.ResetSecondFactor, dora.Id));
        form.Add("Input.IsVerified", "true");
        await browser.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        await browser.OpenActAsync(PersonAct.ResetSecondFactor, dora);
        await browser.FollowAsync("Ask a second person");
        await AskAsync(browser, "Her phone was stolen");
        Assert.Null((await app.FactorOfAsync(dora)).RemovedAt);

        await ConfirmAsync(app, second, (await AboutAsync(app, dora)).Id);

        Assert.NotNull((await app.FactorOfAsync(dora)).RemovedAt);
        Assert.Contains(await app.AuditAsync(), e => e.Name == "act.confirmed.v1" && e.SubjectId == dora.Id && e.ActorId == second.Id.ToString());
    }

    /// <summary>Whatever page leads there: who belongs to the help desk in one organization does so everywhere.</summary>
    [Theory, EachDatabase, Scenario("A-19")]
    public async Task No_other_page_resets_them_either(Database database)
    {
        var app = await apps.OnAsync(database);
        var oren = await app.AddPersonAsync(roles: Roles.Administrator | Roles.RegistryOperator);
        var dora = await app.AddPersonAsync(organization: oren.Organization);
        var elsewhere = await app.AddOrganizationAsync();
        await app.WriteAsync(db =>
        {
            db.Add(new Membership { AccountId = dora.Id, OrganizationId = elsewhere.Id, Roles = Roles.HelpDesk });
            return db.SaveChangesAsync();
        });
        await app.AddFactorAsync(dora, FactorKinds.Authenticator);
        using var browser = await app.SignInAsync(oren);
        await browser.OpenAsync("/admin/second-factor/reset");
        Assert.DoesNotContain(dora.Username, browser.Text, StringComparison.Ordinal);

        var found = new FoundAccount(dora.Id, oren.Organization.Id) { By = new(oren.Id, oren.Organization.Id, Roles.RegistryOperator, Reach.Everybody) };
        await Assert.ThrowsAsync<OutOfReachException>(() => app.RunAsync<ResetSecondFactor, bool>(reset => reset.RunAsync(found, CancellationToken.None)));
        Assert.Null((await app.FactorOfAsync(dora)).RemovedAt);
    }

    [Theory, EachDatabase, Scenario("S1-01")]
    public async Task An_organization_asks_its_people_for_less_by_two(Database database)
    {
        var app = await apps.OnAsync(database);
        var (olga, oscar) = await AddClinicAsync(app);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync("/admin/second-factor");
        browser.Fill("No second factor", "yes");
        await browser.ClickAsync("Preview");
        await browser.ClickAsync("Ask a second person");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);   // why?
        Assert.NotNull(await SettingAsync(app, olga));

        browser.Fill("Reason", "Nobody here sees clients");
        await browser.ClickAsync("Ask a second person");
        Assert.Equal(List, browser.Url.Split('?')[0]);
        var act = await AboutAsync(app, olga);
        foreach (var stranger in (TestPerson[])[await app.AddAdministratorAsync(), await app.AddHelpDeskAsync()])
        {
            using var theirs = await app.SignInAsync(stranger);
            await theirs.OpenAsync($"{List}/{act.Id}");
            Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        }

        await ConfirmAsync(app, oscar, act.Id);

        Assert.Null(await SettingAsync(app, olga));
        Assert.Contains(await app.AuditAsync(), e => e.Name == "organization.second_factor_changed.v1" && e.OrganizationId == olga.Organization.Id && e.ActorId == oscar.Id.ToString());
    }

    /// <summary>The button of one's own page may say what it likes.</summary>
    [Theory, EachDatabase, Scenario("A-14")]
    public async Task The_setting_itself_is_loosened_by_nobody_alone(Database database)
    {
        var app = await apps.OnAsync(database);
        var (olga, _) = await AddClinicAsync(app);
        using var browser = await app.SignInAsync(olga);
        var person = await app.PersonOfAsync(browser);
        foreach (var wish in (OrganizationFactorWish[])[new(null, 0), new(OrganizationMethod.Emails, 30)])
        {
            Assert.Equal(ChangeFactorSettingOutcome.TakesTwo, await app.RunAsync<ChangeFactorSetting, ChangeFactorSettingOutcome>(
                change => change.RunAsync(person, wish, app.Clock.GetUtcNow(), CancellationToken.None)));
        }

        Assert.Equal((OrganizationMethod.Emails, 0), await SettingAsync(app, olga) is { } setting ? (setting.Method, setting.RememberDays) : default);
    }

    [Theory]
    [EachDatabase(PersonAct.NewPassword)]
    [EachDatabase(PersonAct.ResetSecondFactor)]
    [EachDatabase(PersonAct.Reactivate)]
    [Scenario("S1-11", "S2-19", "S2-35")]
    public async Task A_caller_who_cannot_be_checked_is_helped_by_two(Database database, PersonAct help)
    {
        var app = await apps.OnAsync(database);
        var (desk, second) = (await app.AddHelpDeskAsync(), await app.AddHelpDeskAsync());
        var ben = await app.AddAdministratorAsync();
        if (help is PersonAct.Reactivate)
        {
            await app.ChangeAsync(ben, account => account.InactivatedAt = app.Clock.GetUtcNow());
        }

        using var browser = await app.SignInAsync(desk);
        await browser.OpenActAsync(help, ben);
        await browser.FollowAsync("Ask a second person instead");
        await browser.ClickAsync("Ask");
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        await AskAsync(browser, "His mailbox is gone, too");
        var act = await AboutAsync(app, ben);

        using var seconds = await ConfirmAsync(app, second, act.Id);

        if (help is PersonAct.ResetSecondFactor)
        {
            Assert.NotNull((await app.FactorOfAsync(ben)).RemovedAt);
        }
        else
        {
            using var bens = await app.SignInAsync(ben, seconds.Document.QuerySelector("output.secret")!.TextContent);
            Assert.StartsWith("/sign-in/", bens.Url, StringComparison.Ordinal);
            Assert.Equal(ben.Id, (await app.PersonOfAsync(bens)).AccountId);
        }

        await seconds.OpenAsync($"{List}/{act.Id}");
        Assert.Contains("This is settled", seconds.Text, StringComparison.Ordinal);
        Assert.Null(seconds.Document.QuerySelector("output.secret"));
    }

    [Theory, EachDatabase, Scenario("A-15", "A-12")]
    public async Task Neither_who_asked_nor_whom_it_happens_to_nor_anybody_below_confirms(Database database)
    {
        var app = await apps.OnAsync(database);
        var (oren, otto) = (await AddOperatorAsync(app), await AddOperatorAsync(app));
        var id = await AddActAsync(app, oren, SecondPersonKind.ResetFactors, otto);
        using var orens = await app.SignInAsync(oren);
        await orens.OpenAsync($"{List}/{id}");
        Assert.Contains("Somebody else must confirm it", orens.Text, StringComparison.Ordinal);
        var form = orens.FormOf("Withdraw");
        form["Input.Answer"] = "confirm";
        await orens.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.Forbidden, orens.Status);

        foreach (var person in (TestPerson[])[otto, await app.AddHelpDeskAsync(), await app.AddAdministratorAsync(otto.Organization), await app.AddPersonAsync()])
        {
            using var theirs = await app.SignInAsync(person);
            await theirs.OpenAsync($"{List}/{id}");
            Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
            await theirs.OpenAsync(List);
            Assert.DoesNotContain(id.ToString(), theirs.Html, StringComparison.Ordinal);
        }

        Assert.Null((await ReadAsync(app, id)).EndedAt);
    }

    [Theory, EachDatabase, Scenario("V15.4.1", "V2.3.4")]
    public async Task Of_two_who_confirm_at_once_one_does_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var ben = await app.AddPersonAsync();
        var id = await AddActAsync(app, desk, SecondPersonKind.UncheckedHelp, ben, PersonAct.NewPassword);
        var seconds = new List<SignedInPerson>();
        for (var number = 0; number < 4; number++)
        {
            using var browser = await app.SignInAsync(await app.AddHelpDeskAsync());
            seconds.Add(await app.PersonOfAsync(browser));
        }

        var acts = new List<WaitingAct>();
        foreach (var second in seconds)
        {
            acts.Add((await app.RunAsync<WaitingActs, WaitingAct?>(waiting => waiting.FindAsync(ManagerOf(second), id, CancellationToken.None)))!);
        }

        var outcomes = await Task.WhenAll(seconds.Zip(acts).Select(pair => Task.Run(() =>
            app.RunAsync<ConfirmAct, ConfirmActOutcome>(confirm => confirm.RunAsync(pair.First, pair.Second, CancellationToken.None)))));

        Assert.Single(outcomes, outcome => outcome is ConfirmActOutcome.Done);
        Assert.All(outcomes, outcome => Assert.True(outcome is ConfirmActOutcome.Done or ConfirmActOutcome.IsOver));
        Assert.Single(await app.AuditAsync(), e => e.Name == "act.confirmed.v1" && e.SubjectId == ben.Id);
        Assert.Single(await app.AuditAsync(), e => e.Name == "password.given.v1" && e.SubjectId == ben.Id);
    }

    [Theory, EachDatabase]
    public async Task What_has_lapsed_or_was_refused_or_withdrawn_is_not_done(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, second) = (await app.AddHelpDeskAsync(), await app.AddHelpDeskAsync());
        var ben = await app.AddPersonAsync();
        var (refused, withdrawn, lapsed) = (await AddAsync(), await AddAsync(), await AddAsync());
        using var browser = await app.SignInAsync(second);
        using var first = await app.SignInAsync(desk);
        await browser.OpenAsync($"{List}/{withdrawn}");
        var late = browser.FormOf(Confirm);
        await first.OpenAsync($"{List}/{withdrawn}");
        await first.ClickAsync("Withdraw");
        Assert.Contains("Withdrawn.", first.Text, StringComparison.Ordinal);
        await browser.SubmitAsync(late);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);

        await browser.OpenAsync($"{List}/{refused}");
        late = browser.FormOf(Confirm);
        await browser.ClickAsync("Refuse");
        Assert.Contains("Refused.", browser.Text, StringComparison.Ordinal);
        await browser.SubmitAsync(late);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);

        app.Clock.Advance(TimeSpan.FromHours(24));
        using var nextDay = await app.SignInAsync(second);
        await nextDay.OpenAsync($"{List}/{lapsed}");
        Assert.Contains("This is settled", nextDay.Text, StringComparison.Ordinal);
        var form = nextDay.FormOf("Sign out");
        form.Target = new(form.Target, $"{List}/{lapsed}");
        form.Add("Input.Answer", "confirm");
        await nextDay.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.Conflict, nextDay.Status);

        var audit = (await app.AuditAsync()).Where(e => e.SubjectId == ben.Id).ToList();
        Assert.Single(audit, e => e.Name == "act.refused.v1" && e.ActorId == second.Id.ToString() && e.Payload.Contains(desk.Id.ToString(), StringComparison.Ordinal));
        Assert.Single(audit, e => e.Name == "act.withdrawn.v1" && e.ActorId == desk.Id.ToString());
        Assert.DoesNotContain(audit, e => e.Name is "password.given.v1" or "act.confirmed.v1");

        Task<Guid> AddAsync() => AddActAsync(app, desk, SecondPersonKind.UncheckedHelp, ben, PersonAct.NewPassword);
    }

    [Theory, EachDatabase, Scenario("V8.3.2")]
    public async Task Whoever_loses_the_right_meanwhile_neither_asks_nor_confirms(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, second) = (await app.AddHelpDeskAsync(), await app.AddHelpDeskAsync());
        var ben = await app.AddPersonAsync();
        var id = await AddActAsync(app, desk, SecondPersonKind.UncheckedHelp, ben, PersonAct.NewPassword);
        using var browser = await app.SignInAsync(second);
        var person = await app.PersonOfAsync(browser);
        var act = (await app.RunAsync<WaitingActs, WaitingAct?>(waiting => waiting.FindAsync(ManagerOf(person), id, CancellationToken.None)))!;

        await DemoteAsync(second, Roles.Standard);
        Assert.IsType<ConfirmActOutcome.IsOver>(await ConfirmAsync());
        await DemoteAsync(second, Roles.HelpDesk);
        await DemoteAsync(desk, Roles.Standard);
        Assert.IsType<ConfirmActOutcome.IsOver>(await ConfirmAsync());
        await browser.OpenAsync($"{List}/{id}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.DoesNotContain(await app.AuditAsync(), e => e.Name == "password.given.v1" && e.SubjectId == ben.Id);

        await DemoteAsync(desk, Roles.HelpDesk);
        Assert.IsType<ConfirmActOutcome.Done>(await ConfirmAsync());

        Task<ConfirmActOutcome> ConfirmAsync() => app.RunAsync<ConfirmAct, ConfirmActOutcome>(confirm => confirm.RunAsync(person, act, CancellationToken.None));
        Task DemoteAsync(TestPerson who, Roles roles) =>
            app.WriteAsync(db => db.Memberships.Where(m => m.AccountId == who.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, roles)));
    }

    [Theory, EachDatabase]
    public async Task What_cannot_be_done_any_more_is_said_and_waits_on(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, second) = (await app.AddHelpDeskAsync(), await app.AddHelpDeskAsync());
        var ben = await app.AddPersonAsync(change: account => account.DisabledAt = app.Clock.GetUtcNow());
        var id = await AddActAsync(app, desk, SecondPersonKind.UncheckedHelp, ben, PersonAct.NewPassword);

        using var browser = await ConfirmAsync(app, second, id);

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("nothing was changed", browser.Alert, StringComparison.Ordinal);
        Assert.Null((await ReadAsync(app, id)).EndedAt);
        Assert.DoesNotContain(await app.AuditAsync(), e => e.Name == "act.confirmed.v1" && e.SubjectId == ben.Id);
    }

    [Theory, EachDatabase, Scenario("V8.2.1")]
    public async Task Only_what_takes_two_can_be_asked_for_by_those_who_may(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var oren = await AddOperatorAsync(app);
        var colleague = await app.AddPersonAsync(organization: desk.Organization);
        var stranger = await app.AddPersonAsync();
        var olga = await app.AddAdministratorAsync();
        await ShouldAnswerAsync(desk, stranger, AskedFor.NewPassword, HttpStatusCode.OK);
        await ShouldAnswerAsync(desk, colleague, AskedFor.NewPassword, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(desk, stranger, AskedFor.MakeOperator, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(desk, oren, AskedFor.ResetSecondFactor, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(olga, stranger, AskedFor.NewPassword, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(colleague, stranger, AskedFor.NewPassword, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(oren, oren, AskedFor.MakeOperator, HttpStatusCode.NotFound);

        async Task ShouldAnswerAsync(TestPerson asker, TestPerson person, AskedFor what, HttpStatusCode expected)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));   // a code of the app works once
            using var browser = await app.SignInAsync(asker);
            await browser.OpenAsync(AskModel.PathOf(person.Id, what));
            Assert.Equal((what, expected), (what, browser.Status));
        }
    }

    [Theory, EachDatabase]
    public async Task Asked_twice_it_waits_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var ben = await app.AddPersonAsync();
        await app.AddHelpDeskAsync();
        using var browser = await app.SignInAsync(desk);
        await browser.OpenAsync(AskModel.PathOf(ben.Id, AskedFor.NewPassword));
        browser.Fill("Reason", "She cannot read her mail");
        var form = browser.FormOf("Ask");

        await browser.SubmitAsync(form);
        await browser.SubmitAsync(form);

        Assert.Equal(1, await app.ReadAsync(db => db.PendingActs.CountAsync(act => act.AccountId == ben.Id)));
    }

    [Theory, EachDatabase, Scenario("X-05")]
    public async Task A_single_operator_is_told_that_the_way_is_the_machine(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var oren = await AddOperatorAsync(app);
        var ben = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(oren);

        await browser.OpenAsync(AskModel.PathOf(ben.Id, AskedFor.MakeOperator));
        Assert.Contains("cardea accounts", browser.Text, StringComparison.Ordinal);

        var asked = await app.RunAsync<AskSecondPerson, AskSecondPersonOutcome>(async ask => await ask.RunAsync(
            await app.PersonOfAsync(browser), SecondPersonKind.MakeOperator, new(ben.Id, ben.Organization.Id), new(oren.Organization.Id), "Me alone", CancellationToken.None));
        Assert.Equal(AskSecondPersonOutcome.NobodyCouldConfirm, asked);
    }

    private static Task<TestPerson> AddOperatorAsync(CardeaApp app) => app.AddPersonAsync(roles: Roles.RegistryOperator);

    /// <summary>Its people confirm their sign-in by mail; two administrators.</summary>
    private static async Task<(TestPerson Olga, TestPerson Oscar)> AddClinicAsync(CardeaApp app)
    {
        var olga = await app.AddAdministratorAsync();
        var oscar = await app.AddAdministratorAsync(olga.Organization);
        await app.AskForSecondFactorAsync(olga.Organization, OrganizationMethod.Emails);
        return (olga, oscar);
    }

    private static async Task AskAsync(PersonBrowser browser, string reason)
    {
        browser.Fill("Reason", reason);
        await browser.ClickAsync("Ask");
        Assert.Contains("Asked. Somebody else confirms it.", browser.Text, StringComparison.Ordinal);
    }

    private static async Task<PersonBrowser> ConfirmAsync(CardeaApp app, TestPerson second, Guid act)
    {
        var browser = await app.SignInAsync(second);
        await browser.OpenAsync($"{List}/{act}");
        await browser.ClickAsync(Confirm);
        return browser;
    }

    private static async Task<Guid> AddActAsync(CardeaApp app, TestPerson asker, SecondPersonKind kind, TestPerson person, PersonAct? help = null)
    {
        var act = new PendingAct
        {
            Id = app.Clock.NewId(),
            Kind = AskedAct.NameOf(kind),
            AccountId = person.Id,
            Details = new AskedAct(asker.Organization.Id) { Help = help }.Write(),
            Reason = "In a test",
            AskedBy = asker.Id,
            AskedAt = app.Clock.Now,
        };
        await app.WriteAsync(db =>
        {
            db.Add(act);
            return db.SaveChangesAsync();
        });
        return act.Id;
    }

    private static Manager ManagerOf(SignedInPerson person) => new(person.AccountId, person.OrganizationId, person.Standing.Roles, Reach.Everybody);

    /// <summary>The one about that person, or their organization.</summary>
    private static Task<PendingAct> AboutAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.PendingActs.AsNoTracking().SingleAsync(act => act.AccountId == person.Id || act.OrganizationId == person.Organization.Id));

    private static Task<PendingAct> ReadAsync(CardeaApp app, Guid id) => app.ReadAsync(db => db.PendingActs.AsNoTracking().SingleAsync(act => act.Id == id));

    private static Task<Roles> RolesAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Memberships.Where(m => m.AccountId == person.Id).Select(m => m.Roles).SingleAsync());

    private static Task<OrganizationFactorSetting?> SettingAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.OrganizationFactorSettings.AsNoTracking().SingleOrDefaultAsync(s => s.OrganizationId == person.Organization.Id));
}
