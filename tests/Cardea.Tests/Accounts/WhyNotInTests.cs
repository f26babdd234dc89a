using System.Text.Json;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Tests.CommandLine;
using Cardea.Tests.SignIn;

namespace Cardea.Tests.Accounts;

/// <summary>"Why can't she get in?", asked by whoever may help.</summary>
[Scenario("S0-07", "S2-34")]
public sealed class WhyNotInTests(SoonStoppedApps apps) : IClassFixture<SoonStoppedApps>
{
    private const string Wrong = "Wrong#Password11";

    [Theory, EachDatabase]
    public async Task Of_somebody_who_is_let_in_there_is_nothing_to_say(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        (await app.SignInAsync(amina)).Dispose();

        var person = await AskAsync(app, amina);

        Assert.Empty(person.Reasons);
        Assert.Empty(person.Steps);
        Assert.Equal(
            (TestPerson.DisplayName, amina.Username, amina.Email, app.Clock.GetUtcNow(), "203.0.113.7"),
            (person.DisplayName, person.SignInName, person.Email, person.LastSignInAt, person.LastSignInFrom));
    }

    /// <summary>What is said here and what the door does is one.</summary>
    [Theory]
    [EachDatabase("disabled", typeof(StandingReason.Disabled), "Invalid credentials")]
    [EachDatabase("inactive", typeof(StandingReason.Inactive), "Your account is inactive")]
    [EachDatabase("too old", typeof(StandingReason.TemporaryPasswordTooOld), "Your temporary password has expired")]
    [EachDatabase("answers", typeof(StandingReason.HardLocked), "Account locked. Contact your administrator.")]
    [EachDatabase("temporary", typeof(StandingReason.PasswordIsTemporary), null)]
    [EachDatabase("compromised", typeof(StandingReason.PasswordIsCompromised), null)]
    [EachDatabase("expired", typeof(StandingReason.PasswordHasExpired), null)]
    [Scenario("S2-03", "S2-17", "S2-19", "X-03")]
    public async Task Each_state_is_told_for_what_it_is(Database database, string state, Type reason, string? atTheDoor)
    {
        var app = await apps.OnAsync(database);
        var now = app.Clock.GetUtcNow();
        var amina = await app.AddPersonAsync();
        await app.WriteAsync(db => db.AccountActivity.Where(a => a.AccountId == amina.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, (DateTimeOffset?)now)));
        await app.ChangeAsync(amina, account =>
        {
            account.DisabledAt = state is "disabled" ? now : null;
            account.InactivatedAt = state is "inactive" ? now : null;
            account.PasswordIsTemporary = state is "too old" or "temporary";
            account.PasswordCompromisedAt = state is "compromised" ? now : null;
            account.PasswordSetAt = state is "too old" or "expired" ? now.AddDays(-60) : account.PasswordSetAt;
        });
        if (state is "answers")
        {
            await app.WriteAsync(db =>
            {
                db.Add(new AnswerTry { AccountId = amina.Id, Wrong = 3, Answered = 0 });
                return db.SaveChangesAsync();
            });
        }

        var person = await AskAsync(app, amina);

        Assert.Equal(reason, Assert.Single(person.Reasons).GetType());
        using var browser = await app.SignInAsync(amina);
        if (atTheDoor is null)
        {
            Assert.Equal(("/sign-in/password", "/sign-in/password"), (browser.Url, Assert.Single(person.Steps).Path));
        }
        else
        {
            Assert.Contains(atTheDoor, browser.Alert, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    [Scenario("S0-08")]
    public async Task Wrong_passwords_are_told_with_the_time_and_the_places_until_somebody_unlocks(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        (await app.SignInAsync(amina)).Dispose();
        foreach (var source in (string[])[.. Enumerable.Repeat("198.51.100.1", 5), .. Enumerable.Repeat("198.51.100.2", 5)])
        {
            (await app.SignInAsync(amina, Wrong, source)).Dispose();
        }

        Assert.Equal<StandingReason>(
            [new StandingReason.Stopped(10), new StandingReason.Locked(app.Clock.GetUtcNow().AddMinutes(3), Places: 2)], (await AskAsync(app, amina)).Reasons);

        await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(new(amina.Id, amina.Organization.Id), TestContext.Current.CancellationToken));
        Assert.Empty((await AskAsync(app, amina)).Reasons);
    }

    /// <summary>Whoever is in may have mistyped the password they have, on the page on which it is changed.</summary>
    [Theory, EachDatabase]
    public async Task What_is_locked_inside_a_session_locks_no_door(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        for (var failure = 0; failure < 5; failure++)
        {
            await browser.OpenAsync("/account/password");
            browser.Fill("Current Password", Wrong);
            browser.Fill("New Password", "Quiet#Lantern88");
            browser.Fill("Confirm New Password", "Quiet#Lantern88");
            await browser.ClickAsync("Save");
        }

        Assert.Empty((await AskAsync(app, amina)).Reasons);
    }

    [Theory, EachDatabase]
    [Scenario("N-07", "X-04")]
    public async Task Wrong_codes_and_missing_factors_are_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var (without, blocked, locked) = (
            await app.AddPersonAsync(roles: Roles.Administrator), await app.AddPersonAsync(roles: Roles.Administrator), await app.AddPersonAsync(roles: Roles.Administrator));
        await app.WriteAsync(async db =>
        {
            await db.Factors.Where(f => f.AccountId == without.Id).ExecuteDeleteAsync();
            await db.Factors.Where(f => f.AccountId == blocked.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.BlockedAt, app.Clock.GetUtcNow()));
        });
        using var browser = await app.SignInAsync(locked with { Authenticator = null });
        for (var failure = 0; failure < 5; failure++)
        {
            await browser.EnterCodeAsync(locked.Authenticator!.WrongCode());
        }

        Assert.Equal<StandingReason>([new StandingReason.SecondFactorMissing(), new StandingReason.NeverSignedIn()], (await AskAsync(app, without)).Reasons);
        Assert.Equal<StandingReason>([new StandingReason.SecondFactorBlocked(), new StandingReason.NeverSignedIn()], (await AskAsync(app, blocked)).Reasons);
        Assert.Equal<StandingReason>(
            [new StandingReason.CodesLocked(app.Clock.GetUtcNow().AddMinutes(3)), new StandingReason.NeverSignedIn()], (await AskAsync(app, locked)).Reasons);
    }

    [Theory, EachDatabase]
    public async Task Refused_mail_and_a_reset_that_is_stopped_are_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var now = app.Clock.GetUtcNow();
        var amina = await app.AddPersonAsync(change: account => account.EmailRefusedAt = now);
        await app.WriteAsync(db =>
        {
            db.Add(new FactorTry { AccountId = amina.Id, Way = FactorTryWay.RecoveryCodeAtReset, Failures = 10, LockedUntil = now });
            return db.SaveChangesAsync();
        });

        Assert.Equal<StandingReason>(
            [new StandingReason.ResetStopped(), new StandingReason.EmailRefused(now), new StandingReason.NeverSignedIn()], (await AskAsync(app, amina)).Reasons);
    }

    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_last_operator_is_told_what_holds_for_them(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var olga = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        await app.WriteAsync(db =>
        {
            db.Add(new AnswerTry { AccountId = olga.Id, Wrong = 3, Answered = 0 });
            return db.SaveChangesAsync();
        });
        Assert.Equal<StandingReason>([new StandingReason.NeverSignedIn()], (await AskAsync(app, olga)).Reasons);

        await app.AddPersonAsync(roles: Roles.RegistryOperator);

        Assert.Equal<StandingReason>([new StandingReason.HardLocked(), new StandingReason.NeverSignedIn()], (await AskAsync(app, olga)).Reasons);
    }

    [Theory, EachDatabase]
    public async Task The_command_line_says_it_in_sentences_and_to_scripts(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var setAt = TimeProvider.System.GetUtcNow();   // a command has the time of the machine
        var amina = await app.AddPersonAsync(PersonKind.New, change: account => account.PasswordSetAt = setAt);
        string[] show = ["accounts", "show", "--organization", amina.Organization.Code, "--username", amina.Username];

        var shown = await app.CommandAsync(show);
        var parsed = JsonDocument.Parse((await app.CommandAsync([.. show, "--json"])).Output).RootElement;

        Assert.Equal(
            [
                "What is in the way of Amina Diallo, in the order in which it has to be dealt with:",
                $"- The password is temporary: it works until {setAt.AddDays(3):yyyy-MM-dd HH:mm} UTC, for choosing another one.",
                "- Nobody has been all the way in yet, so a forgotten password cannot be reset by mail.",
                $"Username: {amina.Username}",
                $"Email address: {amina.Email}",
                "Last signed in: never",
                "Asked for next: password, user agreement, email, security questions",
            ],
            shown.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("PasswordIsTemporary", parsed.GetProperty("findings")[0].GetProperty("name").GetString());
        Assert.Equal(amina.Username, parsed.GetProperty("username").GetString());

        var paula = await app.AddPatientAsync();
        (await app.SignInPatientAsync(paula)).Dispose();
        var patient = await app.CommandAsync("accounts", "show", "--organization", paula.Organization.Code, "--username", paula.Email, "--patient");
        Assert.StartsWith("Nothing keeps Amina Diallo out: whoever has the right password gets in.", patient.Output, StringComparison.Ordinal);
    }

    private static Task<PersonAtTheDoor> AskAsync(CardeaApp app, TestPerson person) =>
        app.RunAsync((WhyNotIn why) => why.RunAsync(new(person.Id, person.Organization.Id), CancellationToken.None));
}
