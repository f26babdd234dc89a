using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.Callers;
using Cardea.Features.People;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.People;

/// <summary>Somebody calls the help desk and says who they are: without the code that the product gave its owner, the account stays shut.</summary>
[Scenario("S1-11", "S2-35")]
public sealed class CallerTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Field = "Code that the caller reads", Check = "Check the code", Mail = "Mail a code to the address on file";
    private const string NewPassword = "Give a new temporary password", Show = "Show my code for the help desk";

    [Theory, EachDatabase]
    public async Task A_code_that_its_owner_reads_off_the_help_page_opens_the_act_for_half_an_hour(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, amina) = (await app.AddHelpDeskAsync(), await app.AddPersonAsync());
        using var aminas = await app.SignInAsync(amina);
        var code = await ShowCodeAsync(aminas);
        using var browser = await app.SignInAsync(desk);
        await browser.OpenActAsync(PersonAct.NewPassword, amina);
        Assert.DoesNotContain("I have verified", browser.Text, StringComparison.Ordinal);
        await browser.FollowAsync("Check the caller");

        browser.Fill(Field, $"{code[..3]} {code[3..]}");
        await browser.ClickAsync(Check);

        Assert.Equal(PersonActs.PathOf(PersonAct.NewPassword, amina.Id), browser.Url);
        Assert.Contains(await app.AuditAsync(), e => e.Name == "caller.checked.v1" && e.SubjectId == amina.Id && e.ActorId == desk.Id.ToString());
        app.Clock.Advance(TimeSpan.FromMinutes(4));
        await browser.ClickAsync(NewPassword);
        Assert.NotNull(browser.Document.QuerySelector("output.secret"));

        app.Clock.Advance(CallerRules.CheckHoldsFor - TimeSpan.FromMinutes(4));
        using var later = await app.SignInAsync(desk);   // the check was of the other session, and over
        await later.OpenActAsync(PersonAct.NewPassword, amina);
        Assert.Contains("Check the caller", later.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_code_that_is_mailed_to_the_address_on_file_does_as_well(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, amina) = (await app.AddHelpDeskAsync(), await app.AddPersonAsync());
        using var browser = await app.SignInAsync(desk);
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        Assert.DoesNotContain(amina.Email, browser.Html, StringComparison.Ordinal);

        await app.CheckCallerAsync(browser, amina);

        Assert.Contains("The caller is checked", browser.Text, StringComparison.Ordinal);
        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Contains("Read it only to the help desk that you called yourself", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(await app.AuditAsync(), e => e.Name == "caller.code_mailed.v1" && e.SubjectId == amina.Id && e.ActorId == desk.Id.ToString());
    }

    /// <summary>The form is there for somebody else, or was before: the answer is the same without a form.</summary>
    [Theory, EachDatabase]
    public async Task Without_a_check_no_form_opens_the_account_and_the_address_stays(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var colleague = await app.AddPersonAsync(organization: desk.Organization);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(desk);
        await browser.OpenActAsync(PersonAct.NewPassword, colleague);
        foreach (var act in Enum.GetValues<PersonAct>().Where(PersonActs.OpensTheAccount))
        {
            var form = browser.FormOf(NewPassword);
            form.Target = new(form.Target, PersonActs.PathOf(act, amina.Id));
            form.Add("Input.IsVerified", "true");
            form.Add("Input.Reason", "She says so");
            using var tab = browser.Copy(app);
            await tab.SubmitAsync(form);
            Assert.Equal((act, HttpStatusCode.Conflict), (act, tab.Status));
            Assert.Contains("check first who is calling", tab.Text, StringComparison.Ordinal);
        }

        await browser.OpenAsync($"/admin/people/{amina.Id}/edit");
        browser.Fill("Last name", "Nakamura");
        browser.Fill("Email address", "elsewhere@clinic.example");
        await browser.ClickAsync("Save");
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Contains("To change it, check first who is calling", browser.Alert, StringComparison.Ordinal);
        browser.Fill("Email address", amina.Email);
        await browser.ClickAsync("Save");   // what opens nothing needs no check
        var onFile = await app.ReadAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == amina.Id));
        Assert.Equal(("Nakamura", amina.Email), (onFile.FamilyName, onFile.Email));
        Assert.DoesNotContain(await app.AuditAsync(), e => e.SubjectId == amina.Id && e.Name is "password.given.v1" or "factor.removed.v1" or "account.reactivated.v1");
    }

    [Theory, EachDatabase]
    public async Task A_check_is_of_one_session_and_one_account(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var browser = await app.SignInAsync(desk);
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        await app.CheckCallerAsync(browser, amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));   // a code of the app works once
        using var otherSession = await app.SignInAsync(desk);

        Assert.True(await MayOpenAsync(browser, amina));
        Assert.False(await MayOpenAsync(browser, ben));
        Assert.False(await MayOpenAsync(otherSession, amina));
    }

    [Theory, EachDatabase, Scenario("V6.6.3", "A-02")]
    public async Task Five_wrong_codes_and_the_right_one_comes_too_late(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, amina) = (await app.AddHelpDeskAsync(), await app.AddPersonAsync());
        using var aminas = await app.SignInAsync(amina);
        var code = await ShowCodeAsync(aminas);
        using var browser = await app.SignInAsync(desk);
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        foreach (var left in (string[])["Tries left: 4", "Tries left: 3", "Tries left: 2", "Tries left: 1", "it was the last try"])
        {
            browser.Fill(Field, Other(code));
            await browser.ClickAsync(Check);
            Assert.Contains(left, browser.Alert, StringComparison.Ordinal);
        }

        browser.Fill(Field, code);
        await browser.ClickAsync(Check);

        Assert.Contains("There is no code to try", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(5, (await app.AuditAsync()).Count(e => e.Name == "caller.refused.v1" && e.SubjectId == amina.Id));
        Assert.False(await MayOpenAsync(browser, amina));
    }

    [Theory, EachDatabase, Scenario("V6.5.5", "V6.5.1", "A-03")]
    public async Task A_code_that_is_old_replaced_spent_or_somebody_elses_is_none(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var aminas = await app.SignInAsync(amina);
        using var browser = await app.SignInAsync(desk);
        var replaced = await ShowCodeAsync(aminas);
        var code = await ShowCodeAsync(aminas);
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        await RefusedAsync(replaced == code ? Other(code) : replaced, "That is not the code");
        await browser.OpenAsync(CheckModel.PathOf(ben.Id));
        await RefusedAsync(code, "There is no code to try");
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        await RefusedAsync(code, "There is no code to try");

        code = await ShowCodeAsync(aminas);
        browser.Fill(Field, code);
        await browser.ClickAsync(Check);
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        await RefusedAsync(code, "There is no code to try");

        async Task RefusedAsync(string read, string why)
        {
            browser.Fill(Field, read);
            await browser.ClickAsync(Check);
            Assert.Contains(why, browser.Alert, StringComparison.Ordinal);
            Assert.DoesNotContain(read, browser.Html, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase, Scenario("A-02", "V15.4.1")]
    public async Task However_many_are_tried_at_once_five_are_looked_at_and_the_right_one_is_spent_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var desk = await app.AddHelpDeskAsync();
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var browser = await app.SignInAsync(desk);
        var helper = await app.PersonOfAsync(browser);
        foreach (var (person, isRight) in ((TestPerson, bool)[])[(amina, false), (ben, true)])
        {
            using var theirs = await app.SignInAsync(person);
            var code = await ShowCodeAsync(theirs);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => app.RunAsync<CheckCaller, CheckCallerOutcome>(check =>
                check.RunAsync(helper, new(person.Id, person.Organization.Id), isRight ? code : Other(code), CancellationToken.None)))));

            Assert.Equal(isRight ? 1 : 0, outcomes.Count(outcome => outcome is CheckCallerOutcome.IsTheOwner));
            Assert.True(outcomes.Count(outcome => outcome is CheckCallerOutcome.WrongCode) <= 5);
        }
    }

    [Theory, EachDatabase]
    public async Task Five_codes_an_hour_are_mailed(Database database)
    {
        var app = await apps.OnAsync(database);
        var (desk, amina) = (await app.AddHelpDeskAsync(), await app.AddPersonAsync());
        using var browser = await app.SignInAsync(desk);
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        for (var mails = 0; mails < 5; mails++)
        {
            await browser.ClickAsync(Mail);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            await browser.ClickAsync(Mail);
            Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
            app.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        await browser.ClickAsync(Mail);

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Equal(5, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id)));
        var found = new FoundAccount(amina.Id, amina.Organization.Id);
        app.Clock.Advance(TimeSpan.FromMinutes(58));
        Assert.IsType<MailCallerCodeOutcome.Sent>(await app.RunAsync<MailCallerCode, MailCallerCodeOutcome>(mail => mail.RunAsync(found, CancellationToken.None)));
    }

    [Theory, EachDatabase, Scenario("X-03", "S1-09")]
    public async Task Nobody_is_shown_a_code_before_they_are_in_and_patients_have_none(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddAuthenticatorAsync(amina);
        await app.AskForSecondFactorAsync(amina.Organization, Rules.SecondFactors.OrganizationMethod.UsersChoose);
        using var complete = await app.SignInAsync(await app.AddPersonAsync());
        await complete.OpenAsync("/help");
        using var pending = await app.SignInAsync(amina);
        using var patient = await app.SignInPatientAsync(await app.AddPatientAsync());
        using var stranger = app.OpenBrowser();
        foreach (var browser in (PersonBrowser[])[pending, patient, stranger])
        {
            await browser.OpenAsync("/help");
            Assert.DoesNotContain(Show, browser.Text, StringComparison.Ordinal);
            var form = complete.FormOf(Show);
            if (browser.Document.QuerySelector("[name=__RequestVerificationToken]")?.GetAttribute("value") is { } token)
            {
                form["__RequestVerificationToken"] = token;
            }

            await browser.SubmitAsync(form);
            Assert.Null(browser.Document.QuerySelector("output.secret"));
        }

        Assert.False(await app.ReadAsync(db => db.CallerCodes.AnyAsync(code => code.AccountId == amina.Id)));
    }

    [Theory, EachDatabase, Scenario("X-07")]
    public async Task A_new_address_ends_what_was_mailed_to_the_former_one(Database database)
    {
        var app = await apps.OnAsync(database);
        var olga = await app.AddAdministratorAsync();
        var amina = await app.AddPersonAsync(organization: olga.Organization);
        using var browser = await app.SignInAsync(olga);
        await browser.OpenAsync(CheckModel.PathOf(amina.Id));
        await browser.ClickAsync(Mail);

        await browser.OpenAsync($"/admin/people/{amina.Id}/edit");
        browser.Fill("Email address", "elsewhere@clinic.example");
        await browser.ClickAsync("Save");

        Assert.False(await app.ReadAsync(db => db.CallerCodes.AnyAsync(code => code.AccountId == amina.Id)));
    }

    private static async Task<string> ShowCodeAsync(PersonBrowser browser)
    {
        await browser.OpenAsync("/help");
        await browser.ClickAsync(Show);
        return browser.Document.QuerySelector("output.secret")!.TextContent;
    }

    private static async Task<bool> MayOpenAsync(PersonBrowser browser, TestPerson person)
    {
        await browser.OpenActAsync(PersonAct.NewPassword, person);
        return !browser.Text.Contains("Check the caller", StringComparison.Ordinal);
    }

    private static string Other(string code) => code == "000000" ? "000001" : "000000";
}
