using System.Net;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.CommandLine;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Passwords;

/// <summary>A password that somebody else may know opens one page only: the one on which a new one is chosen.</summary>
[Scenario("X-03", "N-04", "K-03")]
public sealed class CompromisedPasswordTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    private const string NewPassword = "Quiet#Lantern88";
    private const string Sentence = "Your password may have become known to somebody else. Choose a new one.";

    [Theory, EachDatabase]
    [Scenario("V7.4.3", "V6.3.7")]
    public async Task Whoever_is_in_is_out_at_once_and_the_owner_is_told_without_a_link(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var atWork = await app.SignInAsync(amina);
        using var atHome = await app.SignInAsync(amina);

        Assert.IsType<FlagCompromisedPasswordOutcome.Flagged>(await FlagAsync(app, amina));

        foreach (var shutOut in (PersonBrowser[])[atWork, atHome])
        {
            await shutOut.OpenAsync("/account");
            Assert.Equal("/sign-in?returnUrl=%2Faccount&ended=true", shutOut.Url);
        }

        var ends = await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.EndedBecause).ToListAsync());
        Assert.Equal([SessionEnd.PasswordCompromised, SessionEnd.PasswordCompromised], ends);
        var told = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("Your password may be known to somebody else", told.Subject);
        Assert.DoesNotContain("://", told.TextBody, StringComparison.Ordinal);
        var entry = Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "password.flagged_compromised.v1");
        Assert.Equal(("{\"SessionsEnded\":2}", "On a list of leaks"), (entry.Payload, entry.Reason));
    }

    [Theory, EachDatabase]
    [Scenario("S2-13", "A-06")]
    public async Task The_next_sign_in_leads_to_another_password_and_to_nothing_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await FlagAsync(app, amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        using var browser = await app.SignInAsync(amina);

        Assert.Equal("/sign-in/password", browser.Url);
        Assert.Contains(Sentence, browser.Text, StringComparison.Ordinal);
        foreach (var path in (string[])["/", "/account", "/account/password", "/account/security"])
        {
            await browser.OpenAsync(path);
            Assert.StartsWith("/sign-in/password", browser.Url, StringComparison.Ordinal);
        }

        await browser.ChooseAsync(amina.Password);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("This is the password you have now. Choose another.", browser.Alert, StringComparison.Ordinal);
        Assert.NotNull(await CompromisedAtAsync(app, amina));

        await browser.OpenAsync("/");
        await browser.ChooseAsync(NewPassword);
        Assert.Equal("/", browser.Url);
        Assert.Null(await CompromisedAtAsync(app, amina));
        Assert.Equal(
            "{\"WasTemporary\":false,\"WasCompromised\":true}",
            Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "password.replaced.v1").Payload);
        using var again = await app.SignInAsync(amina, NewPassword);
        Assert.Equal("/", again.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S1-09")]
    public async Task Patients_are_asked_for_another_one_too(Database database)
    {
        var app = await apps.OnAsync(database);
        var paula = await app.AddPatientAsync();
        using var before = await app.SignInPatientAsync(paula);
        await FlagAsync(app, paula);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await before.OpenAsync("/patient");
        Assert.StartsWith("/patient/sign-in", before.Url, StringComparison.Ordinal);

        using var browser = await app.SignInPatientAsync(paula);

        Assert.Equal("/sign-in/password", browser.Url);
        Assert.Contains(Sentence, browser.Text, StringComparison.Ordinal);
        await browser.ChooseAsync(NewPassword);
        Assert.Equal("/patient", browser.Url);
    }

    /// <summary>Whoever knows the password may sit at a device that was remembered.</summary>
    [Theory, EachDatabase]
    [Scenario("S1-08")]
    public async Task Remembered_devices_are_believed_no_more(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.UsersChoose, rememberDays: 3);
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        browser.Fill("Do not ask again on this device for 3 days Not on a device that others use, too.", "yes");
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal("/", browser.Url);

        await FlagAsync(app, amina);

        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor", browser.Url);
        Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "devices.forgotten.v1");
    }

    [Theory, EachDatabase]
    [Scenario("S2-36")]
    public async Task A_reset_link_leads_out_of_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        await FlagAsync(app, amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        await browser.ChooseAsync(NewPassword);

        Assert.Equal("Password Updated", browser.Heading);
        Assert.Null(await CompromisedAtAsync(app, amina));
        using var again = await app.SignInAsync(amina, NewPassword);
        Assert.Equal("/", again.Url);
    }

    [Theory, EachDatabase]
    public async Task Flagging_it_again_changes_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await FlagAsync(app, amina);
        var since = await CompromisedAtAsync(app, amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var atTheStep = await app.SignInAsync(amina);

        Assert.IsType<FlagCompromisedPasswordOutcome.WasFlaggedBefore>(await FlagAsync(app, amina));

        Assert.Equal(since, await CompromisedAtAsync(app, amina));
        Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "password.flagged_compromised.v1");
        Assert.Equal(1, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id && m.Kind == "password-compromised")));
        await atTheStep.ChooseAsync(NewPassword);
        Assert.Equal("/", atTheStep.Url);
    }

    /// <summary>Nobody is shut out by it.</summary>
    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_last_operator_chooses_a_new_one_like_everybody(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);

        Assert.IsType<FlagCompromisedPasswordOutcome.Flagged>(await FlagAsync(app, olga));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = await app.SignInAsync(olga);
        Assert.Equal("/sign-in/password", browser.Url);
        await browser.ChooseAsync(NewPassword);
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    public async Task It_takes_a_reason(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();

        Assert.Equal(new FlagCompromisedPasswordOutcome.ReasonRefused(PlainLineRefusal.Missing), await FlagAsync(app, amina, " "));
        Assert.Null(await CompromisedAtAsync(app, amina));
    }

    /// <summary>The password was compared before it was flagged, and the session began after all others had ended.</summary>
    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task A_sign_in_that_was_on_its_way_goes_no_further_than_any_other(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var overtaken = app.Statements.HoldNextReader("PasswordHash", "SignInNames");
        var onItsWay = app.SignInAsync(amina);
        await overtaken.HasRead;

        await FlagAsync(app, amina);
        overtaken.LetGoOn();

        using var late = await onItsWay;
        Assert.Equal("/sign-in/password", late.Url);
        await late.OpenAsync("/account");
        Assert.Equal("/sign-in/password?returnUrl=%2Faccount", late.Url);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await late.ChooseAsync(NewPassword);
        Assert.Equal("/account", late.Url);
    }

    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task A_change_that_it_overtakes_changes_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account/password");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var overtaken = app.Statements.HoldNextReader("FormerPasswords");
        browser.Fill("Current Password", amina.Password);
        var changing = browser.ChooseAsync(NewPassword);
        await overtaken.HasRead;

        Assert.IsType<FlagCompromisedPasswordOutcome.Flagged>(await FlagAsync(app, amina));
        overtaken.LetGoOn();
        await changing;

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        Assert.NotNull(await CompromisedAtAsync(app, amina));
        using var again = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/password", again.Url);
    }

    /// <summary>The one that was meant is on file no more.</summary>
    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task It_does_not_strike_a_password_that_was_chosen_meanwhile(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account/password");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var overtaken = app.Statements.HoldNextReader("SecurityStamp");
        var flagging = FlagAsync(app, amina);
        await overtaken.HasRead;

        browser.Fill("Current Password", amina.Password);
        await browser.ChooseAsync(NewPassword);
        overtaken.LetGoOn();

        Assert.IsType<FlagCompromisedPasswordOutcome.WasJustReplaced>(await flagging);
        Assert.Null(await CompromisedAtAsync(app, amina));
        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "password.flagged_compromised.v1");
    }

    [Theory, EachDatabase]
    public async Task The_command_line_flags_those_at_work_and_patients(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, paula) = (await app.AddPersonAsync(), await app.AddPatientAsync());
        string[] flag = ["accounts", "flag-compromised", "--organization", amina.Organization.Code, "--username", amina.Username, "--reason"];

        Assert.Equal(["--reason is empty."], (await app.CommandAsync([.. flag, " "])).Problems);
        var flagged = await app.CommandAsync([.. flag, "On a list of leaks"]);
        var again = await app.CommandAsync([.. flag, "On a list of leaks"]);
        var patient = await app.CommandAsync(
            "accounts", "flag-compromised", "--organization", paula.Organization.Code, "--username", paula.Email, "--patient", "--reason", "Mail of Monday");

        Assert.Equal(
            (0, "", $"{amina.Username} was signed out everywhere and told by mail, and chooses a new password at the next sign-in."),
            (flagged.ExitCode, flagged.Error, flagged.Output.Trim()));
        Assert.Equal((0, $"The password of {amina.Username} was flagged before: nothing was changed."), (again.ExitCode, again.Output.Trim()));
        Assert.Equal(0, patient.ExitCode);
        Assert.NotNull(await CompromisedAtAsync(app, amina));
        Assert.NotNull(await CompromisedAtAsync(app, paula));
    }

    private static Task<FlagCompromisedPasswordOutcome> FlagAsync(CardeaApp app, TestPerson person, string reason = "On a list of leaks") =>
        app.RunAsync((FlagCompromisedPassword flag) => flag.RunAsync(new(person.Id, person.Organization.Id), reason, CancellationToken.None));

    private static Task<DateTimeOffset?> CompromisedAtAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Accounts.Where(a => a.Id == person.Id).Select(a => a.PasswordCompromisedAt).SingleAsync());
}
