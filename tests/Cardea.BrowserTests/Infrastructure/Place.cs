using Cardea.Data;
using Cardea.Features.People;
using Cardea.Features.SecondPerson;
using Cardea.Rules.Announcements;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>Where a page is met.</summary>
public enum Room
{
    /// <summary>By everybody.</summary>
    Entrance,

    /// <summary>By whoever has forgotten the password.</summary>
    Recovery,

    /// <summary>Between the password and the dashboard.</summary>
    Steps,

    /// <summary>By whoever is in.</summary>
    Inside,

    /// <summary>By whoever manages people.</summary>
    Console,
}

/// <summary>A page in one of its states, and the way there from a browser that has seen nothing yet. The way is the same in every language.</summary>
public sealed record Place(string Name, Func<CardeaApp, IPage, Task> GoAsync)
{
    private const string NewPassword = "Sunny#Wednesday43";

    private static readonly IReadOnlyList<Place> Entrance =
    [
        new("sign-in", (_, page) => page.GotoAsync("/sign-in")),
        new("sign-in, maintenance", async (app, page) =>
        {
            var id = await app.AddAnnouncementAsync("Upgrade of the registry", kind: AnnouncementKind.Maintenance, until: TimeSpan.FromHours(2));
            await page.GotoAsync("/sign-in");
            await page.ShouldSayAsync("Upgrade of the registry");
            await app.WriteAsync(db => db.Announcements.Where(a => a.Id == id).ExecuteDeleteAsync());   // the app is of others, too
            await app.WatchForMaintenanceAsync();
        }),
        new("sign-in, nothing entered", async (_, page) =>
        {
            await page.GotoAsync("/sign-in");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("sign-in, invalid credentials", async (app, page) =>
        {
            await page.SignInAsync(await app.AddPersonAsync(), "Wrong#Password42");
            await page.ShouldComplainAsync();
        }),
        new("sign-in, locked", async (app, page) =>
        {
            var person = await app.AddPersonAsync();
            for (var failure = 0; failure < 6; failure++)
            {
                await page.SignInAsync(person, "Wrong#Password42");
                await page.ShouldComplainAsync();
            }

            await Expect(page.Locator("#error-summary")).ToContainTextAsync("3");   // minutes
        }),
        new("sign-in, waiting for long", async (app, page) =>
        {
            await page.Clock.InstallAsync();
            await page.LoseAnswersAsync(howMany: 1);
            await page.SignInAsync(await app.AddPersonAsync());
            await Expect(page.Locator(".is-busy")).ToBeVisibleAsync();
            await page.Clock.FastForwardAsync("00:20");
            await Expect(page.Locator("#sign-in-form .busy__again")).ToBeVisibleAsync();
        }),
        new("sign-in, signed out", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.Locator("main form button[type=submit]").ClickAsync();
            await page.ShouldBeAtAsync("/sign-in");
        }),
        new("sign-in, agreement declined", (_, page) => page.GotoAsync("/sign-in?declined=true")),
        new("sign-in, session ended", (_, page) => page.GotoAsync("/sign-in?ended=idle")),
        new("patient sign-in", (_, page) => page.GotoAsync("/patient/sign-in")),
        new("patient sign-in, invalid credentials", async (app, page) =>
        {
            await page.SignInPatientAsync(await app.AddPatientAsync(), "Wrong#Password42");
            await page.ShouldComplainAsync();
        }),
        new("help", (_, page) => page.GotoAsync("/help")),
        new("guidance", (_, page) => page.GotoAsync("/guidance")),
    ];

    private static readonly IReadOnlyList<Place> Recovery =
    [
        new("forgot password", (_, page) => page.GotoAsync("/forgot-password")),
        new("forgot password, nothing entered", async (_, page) =>
        {
            await page.GotoAsync("/forgot-password");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("forgot password, asked", (_, page) => page.GotoAsync("/forgot-password?sent=true")),
        new("forgot username", (_, page) => page.GotoAsync("/forgot-password/names")),
        new("forgot password, patient", (_, page) => page.GotoAsync("/patient/forgot-password")),
        new("reset, question", (app, page) => page.GoToQuestionOfResetAsync(app)),
        new("reset, wrong answer", async (app, page) =>
        {
            await page.GoToQuestionOfResetAsync(app);
            await page.AnswerAsync("red bicycle");
            await page.ShouldComplainAsync();
        }),
        new("reset, hard lock", async (app, page) =>
        {
            await page.GoToQuestionOfResetAsync(app);
            for (var wrong = 1; wrong <= 3; wrong++)
            {
                await page.AnswerAsync($"red bicycle {wrong}");
                await page.WaitForLoadStateAsync();
            }

            await Expect(page.Locator("#proof-form")).ToHaveCountAsync(0);
        }),
        new("reset, link alone", async (app, page) => await page.GotoAsync(await app.AddResetLinkAsync(await app.AddPatientAsync()))),
        new("reset, link over", (_, page) => page.GotoAsync("/forgot-password/link?link=none")),
        new("reset, new password", (app, page) => page.GoToNewPasswordAsync(app)),
        new("reset, new password refused", async (app, page) =>
        {
            await page.GoToNewPasswordAsync(app);
            await page.EnterAsync("NewPassword", "short");
            await page.EnterAsync("ConfirmNewPassword", "short");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("reset, done", (_, page) => page.GotoAsync("/forgot-password/new?done=Staff")),
        new("invitation", (app, page) => page.GoToInvitationAsync(app)),
        new("invitation, password refused", async (app, page) =>
        {
            await page.GoToInvitationAsync(app);
            await page.EnterAsync("NewPassword", "short");
            await page.EnterAsync("ConfirmNewPassword", "short");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("invitation over", (_, page) => page.GotoAsync("/welcome?link=none")),
        new("invitation, done", (_, page) => page.GotoAsync("/welcome?done=Staff")),
    ];

    private static readonly IReadOnlyList<Place> Steps =
    [
        new("choose an organization, nothing chosen", async (app, page) =>
        {
            var amina = await app.AddPersonAsync(PersonKind.New);
            await app.GiveAccessAsync(amina, await app.AddOrganizationAsync());
            await page.SignInAsync(amina);
            await page.ShouldBeAtAsync("/sign-in/password");
            await app.WriteAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id)   // as where no code of an organization is typed
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Roles, Roles.None)));
            await page.GotoAsync("/");
            await page.ShouldBeAtAsync("/sign-in/organization");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("password", (app, page) => page.GoToPasswordAsync(app)),
        new("password, refused", async (app, page) =>
        {
            await page.GoToPasswordAsync(app);
            await page.EnterAsync("NewPassword", "short");
            await page.EnterAsync("ConfirmNewPassword", "other");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("password, all requirements met", async (app, page) =>
        {
            await page.GoToPasswordAsync(app);
            await page.EnterAsync("NewPassword", NewPassword);
        }),
        new("agreement", (app, page) => page.GoToAgreementAsync(app)),
        new("administrator agreement", async (app, page) =>
        {
            await page.GoToAgreementAsync(app, Roles.Administrator);
            await page.SubmitAsync();
            await page.ShouldBeAtAsync("/sign-in/administrator-agreement");
        }),
        new("email", (app, page) => page.GoToEmailAsync(app)),
        new("email, not an address", async (app, page) =>
        {
            await page.GoToEmailAsync(app);
            await page.CorrectEmailAsync("nobody");
            await page.ShouldComplainAsync();
        }),
        new("email code", (app, page) => page.GoToEmailCodeAsync(app)),
        new("email code, wrong", async (app, page) =>
        {
            await page.GoToEmailCodeAsync(app);
            await page.EnterAsync("Code", "12345");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("questions", (app, page) => page.GoToQuestionsAsync(app)),
        new("questions, nothing entered", async (app, page) =>
        {
            await page.GoToQuestionsAsync(app);
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("second factor, app", (app, page) => page.GoToSecondFactorAsync(app, FactorKinds.Authenticator)),
        new("second factor, app, wrong", async (app, page) =>
        {
            await page.GoToSecondFactorAsync(app, FactorKinds.Authenticator);
            await page.EnterAsync("Code", "12345");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("second factor, email", (app, page) => page.GoToSecondFactorAsync(app, FactorKinds.Email)),
        new("second factor, recovery code", async (app, page) =>
        {
            await page.GoToSecondFactorAsync(app, FactorKinds.Authenticator);
            await page.GotoAsync("/sign-in/second-factor/recovery-code");
        }),
        new("second factor set-up, choice", (app, page) => page.GoToSecondFactorSetUpAsync(app, OrganizationMethod.UsersChoose)),
        new("second factor set-up, app", async (app, page) =>
        {
            await page.GoToSecondFactorSetUpAsync(app, OrganizationMethod.UsersChoose);
            await page.GotoAsync("/sign-in/second-factor-set-up/app");
        }),
        new("second factor set-up, email", (app, page) => page.GoToSecondFactorSetUpAsync(app, OrganizationMethod.Emails)),
        new("second factor set-up, code", async (app, page) =>
        {
            await page.GoToSecondFactorSetUpAsync(app, OrganizationMethod.Emails);
            await page.SubmitAsync();
            await Expect(page.Locator("#Input_Code")).ToBeVisibleAsync();
        }),
        new("recovery codes", async (app, page) =>
        {
            await page.GoToSecondFactorSetUpAsync(app, OrganizationMethod.UsersChoose);
            await page.GotoAsync("/sign-in/second-factor-set-up/app");
            var key = (await page.Locator("main .code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
            await page.EnterAsync("Code", new TestAuthenticator(key, app.Clock).Code());
            await page.SubmitAsync();
            await Expect(page.Locator(".recovery-codes")).ToBeVisibleAsync();
        }),
    ];

    private static readonly IReadOnlyList<Place> Console =
    [
        new("people", async (app, page) =>
        {
            var locked = await app.AddPersonAsync();
            await app.ChangeAsync(locked, account => account.DisabledAt = CardeaApp.Start);
            await page.GoToConsoleAsync(app, Roles.HelpDesk, "/admin/people");
        }),
        new("people, nobody found", (app, page) => page.GoToConsoleAsync(app, Roles.Administrator, "/admin/people?search=xyzzy&filter=Locked")),
        new("person, shut out", async (app, page) =>
        {
            var inactive = await app.AddPersonAsync(change: account => (account.InactivatedAt, account.EmailRefusedAt) = (CardeaApp.Start, CardeaApp.Start));
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{inactive.Id}?done=Edit");
        }),
        new("person, above", async (app, page) =>
        {
            var above = await app.AddPersonAsync(roles: Roles.RegistryOperator);
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{above.Id}");
        }),
        new("person, new password", async (app, page) =>
        {
            var olga = await app.AddPersonAsync(roles: Roles.Administrator);
            var amina = await app.AddPersonAsync(organization: olga.Organization);
            await page.SignInAsync(olga);
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync($"/admin/people/{amina.Id}/new-password");
            await page.Locator("label[for=Input_IsVerified]").ClickAsync();
            await page.Locator("#act-form button[type=submit]").ClickAsync();
            await Expect(page.Locator("output.secret")).ToBeVisibleAsync();
        }),
        new("person, new password, caller not checked", async (app, page) =>
        {
            var amina = await app.AddPersonAsync();
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/new-password");
        }),
        new("caller, wrong code", async (app, page) =>
        {
            var amina = await app.AddPersonAsync();
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/caller");
            await page.EnterAsync("Code", "000000");
            await page.Locator("#caller-form button[type=submit]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
        new("second person asked, no reason", async (app, page) =>
        {
            var amina = await app.AddPersonAsync();
            await app.AddPersonAsync(roles: Roles.HelpDesk);
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/second-person?for=NewPassword");
            await page.Locator("#ask-form button[type=submit]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
        new("second person, what waits", async (app, page) =>
        {
            await page.GoToWaitingActAsync(app);
            await page.GotoAsync("/admin/second-person?done=Asked");
        }),
        new("second person, to be confirmed", (app, page) => page.GoToWaitingActAsync(app)),
        new("person, deactivate, no reason", async (app, page) =>
        {
            var amina = await app.AddPersonAsync();
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/disable");
            await page.Locator("#act-form button[type=submit]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
        new("person, edit", async (app, page) =>
        {
            var amina = await app.AddPersonAsync(username: "amy");
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/edit");
        }),
        new("person, roles", async (app, page) =>
        {
            var amina = await app.AddPersonAsync();
            await page.GoToConsoleAsync(app, Roles.RegistryOperator, $"/admin/people/{amina.Id}/roles");
        }),
        new("access review, nobody ticked", async (app, page) =>
        {
            var olga = await app.AddPersonAsync(roles: Roles.Administrator);
            var amina = await app.AddPersonAsync(organization: olga.Organization);
            await app.WriteAsync(async db =>
            {
                var membership = db.Memberships.Single(m => m.AccountId == amina.Id);
                membership.ConfirmedAt = CardeaApp.Start.AddDays(-400);
                await db.SaveChangesAsync();
            });
            await page.SignInAsync(olga);
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync("/admin/access-review");
            await page.Locator("#review-form button[type=submit]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
        new("person, further organizations", async (app, page) =>
        {
            var amina = await app.AddPersonAsync();
            await app.GiveAccessAsync(amina, await app.AddOrganizationAsync());
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/organizations?done=Given");
        }),
        new("person, access, no role", async (app, page) =>
        {
            var amina = await app.AddPersonAsync();
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/organizations");
            await page.Locator("#access-form button[type=submit]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
        new("person, roles in a further organization", async (app, page) =>
        {
            var (amina, further) = (await app.AddPersonAsync(), await app.AddOrganizationAsync());
            await app.GiveAccessAsync(amina, further);
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/organizations/{further.Id}");
        }),
        new("person, end access", async (app, page) =>
        {
            var (amina, further) = (await app.AddPersonAsync(), await app.AddOrganizationAsync());
            await app.GiveAccessAsync(amina, further);
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/people/{amina.Id}/organizations/{further.Id}/end");
            await page.Locator("#access-form button[type=submit]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
        new("people from other organizations", async (app, page) =>
        {
            var olga = await app.AddPersonAsync(roles: Roles.Administrator);
            await app.GiveAccessAsync(await app.AddPersonAsync(), olga.Organization);
            await page.SignInAsync(olga);
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync("/admin/people/guests");
        }),
        new("new person, nothing entered", async (app, page) =>
        {
            await page.GoToConsoleAsync(app, Roles.HelpDesk, "/admin/people/new");
            await page.Locator("#new-form button[type=submit]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
    ];

    private static readonly IReadOnlyList<Place> Inside =
    [
        new("patient's page", (app, page) => page.GoToPatientHomeAsync(app)),
        new("help, code for the help desk", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/help");
            await page.Locator("main form button[type=submit]").ClickAsync();
            await Expect(page.Locator("output.secret")).ToBeVisibleAsync();
        }),
        new("patient's guidance", async (app, page) =>
        {
            await page.GoToPatientHomeAsync(app);
            await page.GotoAsync("/guidance");
        }),
        new("error", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            Assert.Equal(404, (await page.GotoAsync("/nothing-here"))!.Status);
        }),
        new("clinic's second factor, preview", async (app, page) =>
        {
            await page.SignInAsync(await app.AddPersonAsync(roles: Roles.Administrator));
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync("/admin/second-factor");
            await page.Locator("label[for=method-Emails]").ClickAsync();
            await page.Locator("#setting-form button[type=submit]").ClickAsync();
            await Expect(page.Locator("#preview")).ToBeVisibleAsync();
        }),
        new("announcements", async (app, page) =>
        {
            var person = await app.AddPersonAsync();
            await app.AddAnnouncementAsync("Flu vaccine has arrived", person.Organization);
            await app.AddAnnouncementAsync("A-title-without-a-space-that-is-as-long-as-it-may-be-" + new string('x', 60), person.Organization, until: TimeSpan.FromDays(7));
            await page.SignInAsync(person);
            await page.ShouldBeAtAsync("/");
            await Expect(page.Locator(".usa-tag")).ToHaveCountAsync(2);
            await page.GotoAsync("/announcements");
            await Expect(page.Locator("article")).ToHaveCountAsync(2);
        }),
        new("announcements, to be written", async (app, page) =>
        {
            var person = await page.GoToAnnouncementsAsync(app);
            await app.AddAnnouncementAsync("Flu vaccine has arrived", person.Organization, until: TimeSpan.FromDays(7));
            await app.AddAnnouncementAsync("Closed next Friday", person.Organization, from: TimeSpan.FromDays(1));
            await page.GotoAsync("/admin/announcements?done=published");
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);
        }),
        new("announcement, preview", async (app, page) =>
        {
            await page.GoToAnnouncementsAsync(app);
            await page.GotoAsync("/admin/announcements/new");
            await page.EnterAsync("Texts[0].Title", "Closed on Friday");
            await page.EnterAsync("Texts[0].Body", "We are closed.\n\nSee you on Monday.");
            await page.Locator("button[value=preview]").ClickAsync();
            await Expect(page.Locator("#preview")).ToBeVisibleAsync();
        }),
        new("announcement, refused", async (app, page) =>
        {
            await page.GoToAnnouncementsAsync(app);
            await page.GotoAsync("/admin/announcements/new");
            await page.EnterAsync("Texts[0].Title", "Closed on Friday");
            await page.EnterAsync("Texts[1].Title", "Cerrado el viernes");
            await page.Locator("button[value=publish]").ClickAsync();
            await page.ShouldComplainAsync();
        }),
        new("announcement, to be changed", async (app, page) =>
        {
            var person = await page.GoToAnnouncementsAsync(app);
            await page.GotoAsync($"/admin/announcements/{await app.AddAnnouncementAsync("Closed on Friday", person.Organization)}");
            await Expect(page.Locator("textarea")).ToHaveCountAsync(3);
        }),
        new("announcement, to be withdrawn", async (app, page) =>
        {
            var person = await page.GoToAnnouncementsAsync(app);
            await page.GotoAsync($"/admin/announcements/{await app.AddAnnouncementAsync("Closed on Friday", person.Organization)}/withdraw");
            await Expect(page.Locator("main form")).ToBeVisibleAsync();
        }),
        new("permissions", async (app, page) =>
        {
            await page.SignInAsync(await app.AddPersonAsync(roles: Roles.Administrator));
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync("/admin/permissions");
        }),
        new("organizations", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            await app.ChangeOrganizationAsync(await app.AddOrganizationAsync(), o => o.AgreementUntil = DateOnly.FromDateTime(CardeaApp.Start.DateTime));
            await page.GotoAsync("/admin/organizations");
        }),
        new("organizations, none found", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            await page.GotoAsync("/admin/organizations?search=nothing");
        }),
        new("organization", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            var (clinic, agency) = (await app.AddOrganizationAsync(), await app.AddOrganizationAsync());
            await app.ChangeOrganizationAsync(clinic, o => (o.ParentId, o.HelpPhone, o.AgreementUntil) = (agency.Id, "+16125550123;ext=4", DateOnly.FromDateTime(CardeaApp.Start.DateTime)));
            await app.AddPersonAsync(organization: clinic);
            await page.GotoAsync($"/admin/organizations/{clinic.Id}?done=Saved");
        }),
        new("organization, deactivated", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            var clinic = await app.AddOrganizationAsync();
            await app.ChangeOrganizationAsync(clinic, o => o.DeactivatedAt = CardeaApp.Start);
            await page.GotoAsync($"/admin/organizations/{clinic.Id}");
        }),
        new("organization, read by its administrator", async (app, page) =>
        {
            var person = await app.AddPersonAsync(roles: Roles.Administrator);
            await page.SignInAsync(person);
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync($"/admin/organizations/{person.Organization.Id}");
        }),
        new("add organization, refused", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            await page.GotoAsync("/admin/organizations/new");
            await page.EnterAsync("AgreementUntil", "tomorrow");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("edit organization", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            await page.GotoAsync($"/admin/organizations/{(await app.AddOrganizationAsync()).Id}/edit");
        }),
        new("deactivate organization", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            await page.GotoAsync($"/admin/organizations/{(await app.AddPersonAsync()).Organization.Id}/deactivate");
        }),
        new("reactivate organization, refused", async (app, page) =>
        {
            await page.SignInOperatorAsync(app);
            var clinic = await app.AddOrganizationAsync();
            await app.ChangeOrganizationAsync(clinic, o => o.DeactivatedAt = CardeaApp.Start);
            await page.GotoAsync($"/admin/organizations/{clinic.Id}/reactivate");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("dashboard", (app, page) => page.GoToDashboardAsync(app)),
        new("dashboard, view only", async (app, page) =>
        {
            var clinic = await app.AddOrganizationAsync();
            await app.AddPersonAsync(roles: Roles.Administrator, organization: clinic);
            await page.SignInAsync(await app.AddPersonAsync(roles: Roles.ViewOnly, organization: clinic));
            await page.ShouldBeAtAsync("/");
        }),
        new("dashboard, about to end", async (app, page) =>
        {
            await page.Clock.InstallAsync();
            await page.GoToDashboardAsync(app);
            await page.Clock.FastForwardAsync("28:01");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        }),
        new("account", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account");
        }),
        new("account, mail refused", async (app, page) =>
        {
            await page.SignInAsync(await app.AddPersonAsync(change: account => (account.EmailRefusedAt, account.PhoneNumber) = (CardeaApp.Start, "+16125550123;ext=4")));
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync("/account?saved=true");
        }),
        new("details", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/details");
        }),
        new("details, refused", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/details");
            await page.EnterAsync("GivenName", "");
            await page.EnterAsync("PhoneNumber", "612");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("change email", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/email?changed=true");
        }),
        new("change email, code", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/email");
            await page.EnterAsync("NewAddress", "amina.new@clinic.example");
            await page.SubmitAsync();
            await page.ShouldBeAtAsync("/account/email/code");
        }),
        new("change questions", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/questions");
        }),
        new("questions changed", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/questions?changed=true");
        }),
        new("my agreements", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/agreements");
        }),
        new("my agreement, its words", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/agreements");
            await page.Locator(".holdings a").ClickAsync();
            await Expect(page.Locator("[data-print]")).ToBeVisibleAsync();
        }),
        new("my activity", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/activity");
        }),
        new("change password", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/password");
        }),
        new("change password, refused", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/password");
            await page.EnterAsync("CurrentPassword", "Wrong#Password42");
            await page.EnterAsync("NewPassword", NewPassword);
            await page.EnterAsync("ConfirmNewPassword", NewPassword);
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("password updated", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/account/password?updated=true");
        }),
        new("my sessions", async (app, page) =>
        {
            var person = await app.AddPersonAsync();
            using var elsewhere = await app.SignInAsync(person);
            await page.SignInAsync(person);
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync("/account/sessions");
            await Expect(page.Locator(".holdings li")).ToHaveCountAsync(2);
        }),
        new("security", (app, page) => page.GoToSecurityAsync(app)),
        new("security, a name that cannot be shown", async (app, page) =>
        {
            await page.GoToSecurityAsync(app);
            await page.Locator("a[href*=rename]").First.ClickAsync();
            await page.Locator("#Name").FillAsync("desk\u202e");
            await page.SubmitAsync();
            await page.ShouldComplainAsync();
        }),
        new("help, signed in", async (app, page) =>
        {
            await page.GoToDashboardAsync(app);
            await page.GotoAsync("/help");
        }),
    ];

    public static IReadOnlyList<Place> All { get; } = [.. Entrance, .. Recovery, .. Steps, .. Inside, .. Console];

    public static IReadOnlyList<Place> In(Room room) => room switch
    {
        Room.Entrance => Entrance,
        Room.Recovery => Recovery,
        Room.Steps => Steps,
        Room.Console => Console,
        _ => Inside,
    };

    public static Place Named(string name) => All.Single(place => place.Name == name);

    public override string ToString() => Name;
}

file static class Ways
{
    extension(IPage page)
    {
        public async Task SignInOperatorAsync(CardeaApp app)
        {
            await page.SignInAsync(await app.AddPersonAsync(roles: Roles.RegistryOperator));
            await page.ShouldBeAtAsync("/");
        }

        public Task ShouldComplainAsync() => Expect(page.Locator("#error-summary")).ToBeVisibleAsync();

        public async Task GoToQuestionOfResetAsync(CardeaApp app)
        {
            await page.GotoAsync(await app.AddResetLinkAsync(await app.AddPersonAsync()));
            await Expect(page.Locator("#Input_Answer")).ToBeVisibleAsync();
        }

        public async Task AnswerAsync(string answer)
        {
            await page.EnterAsync("Answer", answer);
            await page.SubmitAsync();
        }

        public async Task GoToNewPasswordAsync(CardeaApp app)
        {
            await page.GoToQuestionOfResetAsync(app);
            await page.AnswerAsync(TestPeople.Answer);
            await page.ShouldBeAtAsync("/forgot-password/new");
        }

        public async Task GoToInvitationAsync(CardeaApp app)
        {
            await page.GotoAsync(await app.AddInvitationAsync(await app.AddPersonAsync(PersonKind.New)));
            await page.ShouldBeAtAsync("/welcome");
        }

        public async Task GoToPasswordAsync(CardeaApp app)
        {
            await page.SignInAsync(await app.AddPersonAsync(PersonKind.New));
            await page.ShouldBeAtAsync("/sign-in/password");
        }

        public async Task GoToAgreementAsync(CardeaApp app, Roles roles = Roles.Standard, DateTimeOffset? emailConfirmedAt = null)
        {
            await page.SignInAsync(await app.AddPersonAsync(
                PersonKind.New, roles, change: account => (account.PasswordIsTemporary, account.EmailConfirmedAt) = (false, emailConfirmedAt)));
            await page.ShouldBeAtAsync("/sign-in/agreement");
        }

        public async Task GoToEmailAsync(CardeaApp app)
        {
            await page.GoToAgreementAsync(app);
            await page.SubmitAsync();
            await page.ShouldBeAtAsync("/sign-in/email");
        }

        public async Task CorrectEmailAsync(string address)
        {
            await page.EnterAsync("NewAddress", address);
            await page.Locator("#correct-form .usa-button[type=submit]").ClickAsync();
        }

        public async Task GoToEmailCodeAsync(CardeaApp app)
        {
            await page.GoToEmailAsync(app);
            await page.CorrectEmailAsync("amina.new@clinic.example");
            await page.ShouldBeAtAsync("/sign-in/email/code");
        }

        public async Task GoToQuestionsAsync(CardeaApp app)
        {
            await page.GoToAgreementAsync(app, emailConfirmedAt: app.Clock.GetUtcNow());
            await page.SubmitAsync();
            await page.ShouldBeAtAsync("/sign-in/security-questions");
        }

        public async Task GoToSecondFactorAsync(CardeaApp app, FactorKinds kind)
        {
            var person = await app.AddPersonAsync();
            await app.AskForSecondFactorAsync(person.Organization, OrganizationMethod.UsersChoose, rememberDays: 30);
            await (kind is FactorKinds.Authenticator ? app.AddAuthenticatorAsync(person) : app.AddFactorAsync(person, kind));
            await page.SignInAsync(person);
            await Expect(page.Locator("#Input_Code")).ToBeVisibleAsync();
        }

        public async Task GoToSecondFactorSetUpAsync(CardeaApp app, OrganizationMethod method)
        {
            var person = await app.AddPersonAsync();
            await app.AskForSecondFactorAsync(person.Organization, method);
            await page.SignInAsync(person);
            await page.ShouldBeAtAsync(method is OrganizationMethod.Emails ? "/sign-in/second-factor-set-up/email" : "/sign-in/second-factor-set-up/choose");
        }

        public async Task GoToSecurityAsync(CardeaApp app)
        {
            var person = await app.AddPersonAsync();
            await app.AddFactorAsync(person, FactorKinds.Email);
            await app.AddFactorAsync(person, FactorKinds.Text);
            await page.SignInAsync(person);
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync("/account/security");
        }

        public async Task GoToPatientHomeAsync(CardeaApp app)
        {
            await page.SignInPatientAsync(await app.AddPatientAsync());
            await page.ShouldBeAtAsync("/patient");
        }

        public async Task GoToConsoleAsync(CardeaApp app, Roles roles, string path)
        {
            await page.SignInAsync(await app.AddPersonAsync(roles: roles));
            await page.ShouldBeAtAsync("/");
            await page.GotoAsync(path);
        }

        /// <summary>As the second person.</summary>
        public async Task GoToWaitingActAsync(CardeaApp app)
        {
            var (amina, first) = (await app.AddPersonAsync(), await app.AddPersonAsync(roles: Roles.HelpDesk));
            var act = new PendingAct
            {
                Id = app.Clock.NewId(),
                Kind = AskedAct.NameOf(SecondPersonKind.UncheckedHelp),
                AccountId = amina.Id,
                Details = new AskedAct(first.Organization.Id) { Help = PersonAct.NewPassword }.Write(),
                Reason = "She has no mailbox any more, and nobody there knows her number",
                AskedBy = first.Id,
                AskedAt = app.Clock.Now,
            };
            await app.WriteAsync(db =>
            {
                db.Add(act);
                return db.SaveChangesAsync();
            });
            await page.GoToConsoleAsync(app, Roles.HelpDesk, $"/admin/second-person/{act.Id}");
        }

        /// <summary>As an administrator.</summary>
        public async Task<TestPerson> GoToAnnouncementsAsync(CardeaApp app)
        {
            var person = await app.AddPersonAsync(roles: Roles.Administrator);
            await page.SignInAsync(person);
            await page.ShouldBeAtAsync("/");
            return person;
        }

        public async Task GoToDashboardAsync(CardeaApp app)
        {
            await page.SignInAsync(await app.AddPersonAsync());
            await page.ShouldBeAtAsync("/");
        }
    }
}
