using System.Net;
using System.Text;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Cardea.Tests.Recovery;

/// <summary>Ways around the rules of recovery, each of which led somewhere once.</summary>
[Scenario("A-06")]
public sealed class WaysAroundTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    private const string IsOver = "This link no longer works";

    /// <summary>Tab 1 shows Amina's form. In tab 2 of the same browser Boris answers. Amina saves: whose password is it?</summary>
    [Theory, EachDatabase]
    [Scenario("S2-36")]
    public async Task The_form_of_one_person_sets_no_password_of_another(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, boris) = (await app.AddForgetfulPersonAsync(), await app.AddForgetfulPersonAsync());
        var (linkOfAmina, linkOfBoris) = (await app.AskForLinkAsync(amina), await app.AskForLinkAsync(boris));
        using var browser = await app.OpenAndAnswerAsync(linkOfAmina);
        Assert.Contains(amina.Username, browser.Text, StringComparison.Ordinal);
        browser.Fill("New Password", RecoverySteps.NewPassword);
        browser.Fill("Confirm New Password", RecoverySteps.NewPassword);
        var formOfAmina = browser.FormOf("Save");
        await browser.OpenAsync(linkOfBoris);
        await browser.AnswerAsync(TestPeople.Answer);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await browser.SubmitAsync(formOfAmina);

        using var asBoris = await app.SignInAsync(boris);   // the password he had
        Assert.Equal("/", asBoris.Url);
    }

    /// <summary>X-02: who has signed out leaves nothing to whoever is next.</summary>
    [Theory, EachDatabase]
    [Scenario("X-02")]
    public async Task After_signing_out_the_next_person_cannot_choose_the_password(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        await browser.OpenAsync("/sign-in");   // now she remembers it
        await browser.SignInAsync(amina);
        Assert.Equal("/", browser.Url);
        await browser.OpenAsync("/forgot-password/new");
        Assert.Equal(IsOver, browser.Heading);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.OpenAsync(await app.AskForLinkAsync(amina, linksBefore: 1));   // beside her session
        await browser.AnswerAsync(TestPeople.Answer);
        Assert.Equal("/forgot-password/new", browser.Url);
        await browser.OpenAsync("/");
        await browser.ClickAsync("Sign out");

        await browser.OpenAsync("/forgot-password/new");

        Assert.Equal(IsOver, browser.Heading);
    }

    /// <summary>X-05: wrong answers do not lock the last operator, so they do not make them one who can be taken away.</summary>
    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_last_operator_stays_even_when_answers_were_wrong(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var olga = await AddOperatorAsync(app);
        await app.WriteAsync(db =>
        {
            db.Add(new AnswerTry { AccountId = olga.Id, Wrong = 3, Answered = 0 });
            return db.SaveChangesAsync();
        });
        using var browser = await app.SignInAsync(olga);
        Assert.Equal("/", browser.Url);   // usable

        var outcome = await app.RunAsync((DisableAccount disable) => disable.RunAsync(new(olga.Id, olga.Organization.Id), CancellationToken.None));

        Assert.Equal(DisableAccountOutcome.IsLastOperator, outcome);
    }

    /// <summary>One request that cannot be worked off (of a newer version, say) does not hold up those of all others.</summary>
    [Theory]
    [EachDatabase("""{"Kind":7,"Audience":0,"Language":"en","Address":"203.0.113.7","Email":"a@b.example"}""")]
    [EachDatabase("""{"Kind":"Link"}""")]
    public async Task One_request_that_fails_does_not_stop_the_others(Database database, string payload)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        var protector = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector(AskForRecovery.Purpose);
        await app.WriteAsync(db =>
        {
            db.Add(new RecoveryRequest { Id = app.Clock.NewId(), Payload = protector.Protect(Encoding.UTF8.GetBytes(payload)), MadeAt = app.Clock.Now });
            return db.SaveChangesAsync();
        });
        app.Clock.Advance(TimeSpan.FromMilliseconds(10));
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        await browser.AskForLinkAsync(amina);

        for (var round = 0; round < 3; round++)
        {
            try
            {
                await app.WorkOffRequestsAsync();
            }
            catch (Exception)
            {
                // As the rounds do.
            }
        }

        Assert.Equal(1, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id && m.Kind == ResetLinkMail.Kind)));
    }

    /// <summary>X-05: whoever reads an operator's mail is outside.</summary>
    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_last_operator_is_not_locked_out_by_wrong_codes(Database database)
    {
        await using var app = await CardeaApp.StartAsync(
            database,
            ("Cardea:Policy", "nist"), ("Cardea:PublicAddress", AppsWithLinks.PublicAddress), ("Cardea:SignIn:HardStopAfter", "10"));
        const string Mail = "olga@clinic.example";
        var olga = await app.AddPersonAsync(username: "olga", roles: Roles.RegistryOperator);
        await app.WriteAsync(async db =>
        {
            await db.SignInNames.Where(name => name.AccountId == olga.Id).ExecuteDeleteAsync();
            db.Add(new SignInName { Id = app.Clock.NewId(), Scope = SignInName.AllEmailAddresses, Name = Mail, Skeleton = Mail, AccountId = olga.Id });
            await db.SaveChangesAsync();
            await db.AccountActivity.Where(a => a.AccountId == olga.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, app.Clock.Now));
        });
        for (var number = 0; number < 10; number++)   // one link each, so that waiting out the lock ends none
        {
            using var asks = app.OpenBrowser();
            await asks.OpenAsync("/forgot-password");
            asks.Fill("Email Address", Mail);
            await asks.ClickAsync("Submit");
            using var browser = app.OpenBrowser();
            await browser.OpenAsync(await app.LinkSentToAsync(olga with { Email = Mail }, number + 1));
            Assert.Equal("Reset your password", browser.Heading);
            await browser.AnswerAsync(olga.Authenticator!.WrongCode());
            app.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Null(await app.ReadAsync(db => db.Factors.Where(f => f.AccountId == olga.Id).Select(f => f.BlockedAt).SingleAsync()));
    }

    /// <summary>A-16: a stranger who asks five times in a row does not keep its owner from a working link. The shortest life is allowed: ten minutes.</summary>
    [Theory, EachDatabase]
    [Scenario("A-16")]
    public async Task A_stranger_who_asks_often_does_not_use_up_the_owners_links(Database database)
    {
        await using var app = await CardeaApp.StartAsync(
            database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress), ("Cardea:Recovery:LinkLivesFor", "00:10:00"));
        var amina = await app.AddForgetfulPersonAsync();
        for (var time = 0; time < 5; time++)
        {
            await app.AskForLinkAsync(amina, linksBefore: time);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(11));
        using var asks = app.OpenBrowser();
        await asks.OpenAsync("/forgot-password");
        await asks.AskForLinkAsync(amina);
        await app.WorkOffRequestsAsync();

        var since = app.Clock.Now - TimeSpan.FromMinutes(10);
        Assert.Equal(1, await app.ReadAsync(db => db.ResetLinks.CountAsync(l => l.AccountId == amina.Id && l.MadeAt > since && l.ReplacedAt == null)));
    }

    /// <summary>The link changed hands: nobody who used it up, and lost the browser, must wait an hour.</summary>
    [Theory, EachDatabase]
    public async Task A_new_address_gets_a_link_though_the_old_one_had_five_mails(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        for (var time = 0; time < 5; time++)
        {
            await app.AskForLinkAsync(amina, linksBefore: time);
        }

        await app.ChangeAsync(amina, account => (account.Email, account.NormalizedEmail) = ("new@clinic.example", "new@clinic.example"));
        using var asks = app.OpenBrowser();
        await asks.OpenAsync("/forgot-password");
        await asks.AskForLinkAsync(amina with { Email = "new@clinic.example" });
        await app.WorkOffRequestsAsync();

        Assert.Equal(1, await app.ReadAsync(db => db.ResetLinks.CountAsync(l => l.AccountId == amina.Id && l.SentTo == "new@clinic.example")));
    }

    /// <summary>Row locks in one order, or PostgreSQL ends one of the two: here the link's row, then the account's, against the account's, then the links'.</summary>
    [Fact]
    [Scenario("V15.4.1")]
    public async Task Saving_while_another_link_is_made_is_no_deadlock()
    {
        await using var app = await CardeaApp.StartAsync(Database.Postgres, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        using (var asks = app.OpenBrowser())
        {
            await asks.OpenAsync("/forgot-password");
            await asks.AskForLinkAsync(amina);
        }

        await using var held = await HoldAccountAsync(app, amina);
        var making = app.WorkOffRequestsAsync();
        await WaitForWaitersAsync(app, 1);
        var saving = browser.ChooseAsync(RecoverySteps.NewPassword);
        await WaitForWaitersAsync(app, 2);
        await held.DisposeAsync();
        await saving;
        var problem = await Record.ExceptionAsync(() => making);

        Assert.Equal((HttpStatusCode.OK, "Password Updated"), (browser.Status, browser.Heading));
        Assert.Null(problem);
    }

    /// <summary>The same of the account's row and those of its tries: a reset takes them in this order, a change in the other.</summary>
    [Fact]
    [Scenario("V15.4.1")]
    public async Task Saving_while_the_password_is_changed_is_no_deadlock()
    {
        await using var app = await CardeaApp.StartAsync(Database.Postgres, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        using var within = await app.SignInAsync(amina);
        await within.OpenAsync("/account/password");
        within.Fill("Current Password", amina.Password);
        within.Fill("New Password", "Quiet#Harbour77");
        within.Fill("Confirm New Password", "Quiet#Harbour77");
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        await using var held = await HoldAccountAsync(app, amina);
        var saving = browser.ChooseAsync(RecoverySteps.NewPassword);
        await WaitForWaitersAsync(app, 1);
        var changing = within.ClickAsync("Save");
        await WaitForWaitersAsync(app, 2);
        await held.DisposeAsync();
        await Task.WhenAll(saving, changing);

        Assert.True((int)browser.Status < 500, $"reset: {browser.Status}, change: {within.Status} {within.Heading}");
        Assert.True((int)within.Status < 500, $"reset: {browser.Status}, change: {within.Status} {within.Heading}");
        Assert.DoesNotContain(app.Logs.Lines, line => line.ToString().Contains("40P01", StringComparison.Ordinal));
    }

    /// <summary>"A secret: it is not sent back", in whatever way the page is shown again.</summary>
    [Theory, EachDatabase]
    public async Task The_answer_is_not_sent_back_by_a_language_button(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.AskForLinkAsync(amina));
        browser.Fill(browser.Question, "canary bicycle");

        await browser.ClickAsync("Español");

        Assert.NotEqual(IsOver, browser.Heading);
        Assert.DoesNotContain("canary bicycle", browser.Html, StringComparison.Ordinal);
    }

    private static async Task<TestPerson> AddOperatorAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        await app.RunAsync<Features.SetUp.SetUpDoor, bool>(async door =>
        {
            await door.CloseAsync(CancellationToken.None);
            return true;
        });
        return person;
    }

    /// <summary>The save waits (here for a row; else for up to ten hashes): what ends a link in that time ends it still. Only disabling is asked again.</summary>
    [Theory]
    [InlineData("address")]
    [InlineData("answers")]
    [Scenario("A-04")]
    public async Task What_ends_a_link_ends_it_until_the_password_is_saved(string what)
    {
        await using var app = await CardeaApp.StartAsync(Database.Postgres, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var held = await HoldAccountAsync(app, amina);
        var saving = browser.ChooseAsync(RecoverySteps.NewPassword);
        await WaitForWaitersAsync(app, 1);
        await ExecuteAsync(held, what is "address"
            ? $"UPDATE \"Accounts\" SET \"Email\" = 'new@clinic.example', \"NormalizedEmail\" = 'new@clinic.example' WHERE \"Id\" = '{amina.Id}'; COMMIT"
            : $"UPDATE \"AnswerTries\" SET \"Wrong\" = 3 WHERE \"AccountId\" = '{amina.Id}'; COMMIT");
        await saving;

        Assert.Equal(IsOver, browser.Heading);
    }

    /// <summary>As at the sign-in, where a code that is not on file any more never closes the way (SecondFactorRefusal.UsedCode, isLast: false).</summary>
    [Theory, EachDatabase]
    public async Task Recovery_codes_that_are_used_up_do_not_cost_the_others(Database database)
    {
        await using var app = await CardeaApp.StartAsync(
            database, ("Cardea:Policy", "nist"), ("Cardea:PublicAddress", AppsWithLinks.PublicAddress), ("Cardea:SignIn:HardStopAfter", "10"));
        var amina = await AddByEmailAsync(app, "amina", Roles.Standard);
        var kept = Cardea.Rules.SecondFactors.RecoveryCodeRules.New(3, "ABCDEFGHJKMNPQR");
        await app.WriteAsync(db =>
        {
            db.Add(new Features.SecondFactors.Recovery.RecoveryCodeHash
            {
                AccountId = amina.Id,
                Position = 3,
                CodeHash = TestHashes.Of(kept.Text, app.HashesCheaply),
                MadeAt = app.Clock.Now,
            });
            return db.SaveChangesAsync();
        });
        var used = Cardea.Rules.SecondFactors.RecoveryCodeRules.New(4, "ABCDEFGHJKMNPQR");
        for (var number = 0; number < 10; number++)
        {
            using var asks = app.OpenBrowser();
            await asks.OpenAsync("/forgot-password");
            asks.Fill("Email Address", amina.Email);
            await asks.ClickAsync("Submit");
            using var browser = app.OpenBrowser();
            await browser.OpenAsync(await app.LinkSentToAsync(amina, number + 1));
            await browser.AnswerAsync(Cardea.Rules.SecondFactors.RecoveryCodeRules.Shown(used));
            Assert.Contains("not accepted", browser.Alert, StringComparison.Ordinal);
            app.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Equal(1, await app.ReadAsync(db => db.RecoveryCodes.CountAsync(c => c.AccountId == amina.Id)));
    }

    /// <summary>Of somebody without an app, six digits prove nothing: no app of theirs is closed, and no mail says so.</summary>
    [Theory, EachDatabase]
    public async Task Nobody_is_told_that_an_app_was_closed_that_they_never_had(Database database)
    {
        await using var app = await CardeaApp.StartAsync(
            database, ("Cardea:Policy", "nist"), ("Cardea:PublicAddress", AppsWithLinks.PublicAddress), ("Cardea:SignIn:HardStopAfter", "10"));
        var amina = await AddByEmailAsync(app, "amina", Roles.Standard);
        await app.WriteAsync(db =>
        {
            db.Add(new Features.SecondFactors.Recovery.RecoveryCodeHash
            {
                AccountId = amina.Id,
                Position = 3,
                CodeHash = TestHashes.Of("ABCDEFGHJKMNPQR", app.HashesCheaply),
                MadeAt = app.Clock.Now,
            });
            return db.SaveChangesAsync();
        });
        for (var number = 0; number < 10; number++)
        {
            using var asks = app.OpenBrowser();
            await asks.OpenAsync("/forgot-password");
            asks.Fill("Email Address", amina.Email);
            await asks.ClickAsync("Submit");
            using var browser = app.OpenBrowser();
            await browser.OpenAsync(await app.LinkSentToAsync(amina, number + 1));
            await browser.AnswerAsync("123456");
            app.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Equal(0, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id && m.Kind == Features.SecondFactors.FactorBlockedMail.Kind)));
    }

    /// <summary>Says "Account locked" in page, mail and audit only when it is: two misses and a right answer between them are no three misses.</summary>
    [Fact]
    [Scenario("S2-34")]
    public async Task A_right_answer_at_the_same_moment_is_no_miss()
    {
        await using var app = await CardeaApp.StartAsync(Database.Postgres, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        var link = await app.AskForLinkAsync(amina);
        using var first = app.OpenBrowser();
        await first.OpenAsync(link);
        await first.AnswerAsync("one wrong");
        using var right = app.OpenBrowser();
        using var wrong = app.OpenBrowser();
        await right.OpenAsync(link);
        await wrong.OpenAsync(link);
        var held = await HoldAsync(app, $"SELECT 1 FROM \"ResetLinks\" WHERE \"AccountId\" = '{amina.Id}' FOR UPDATE");
        var answering = right.AnswerAsync(TestPeople.Answer);   // counted, right, and waiting to spend the link
        await WaitForWaitersAsync(app, 1);
        var guessing = wrong.AnswerAsync("two wrong");
        await WaitForWaitersAsync(app, 2);
        await held.DisposeAsync();
        await Task.WhenAll(answering, guessing);

        Assert.Equal("/forgot-password/new", right.Url);
        Assert.Equal(1, await app.WrongAnswersAsync(amina));
        Assert.NotEqual("Account locked", wrong.Heading);
    }

    /// <summary>X-05: the alarm goes to the last operator, whom wrong answers do not lock.</summary>
    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_last_operator_is_still_counted_as_usable(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var olga = await AddOperatorAsync(app);
        await app.WriteAsync(db =>
        {
            db.Add(new AnswerTry { AccountId = olga.Id, Wrong = 3, Answered = 0 });
            return db.SaveChangesAsync();
        });
        Assert.Equal(1, await app.ReadAsync(db => db.UsableOperators(DateTimeOffset.UnixEpoch).CountAsync()));
    }

    /// <summary>A thief of mailbox and answer resets; an administrator ends it by a new password. The thief's browser is no owner's any more.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-08")]
    public async Task A_later_password_ends_what_a_reset_gave_to_its_browser(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress), ("Cardea:SignIn:HardStopAfter", "10"));
        var amina = await app.AddForgetfulPersonAsync();
        using var thief = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina), "192.0.2.66");
        await thief.ChooseAsync(RecoverySteps.NewPassword);
        Assert.Equal("Password Updated", thief.Heading);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var given = await app.RunAsync<GiveNewPassword, GiveNewPasswordOutcome>(
            give => give.RunAsync(new(amina.Id, amina.Organization.Id), CancellationToken.None));
        Assert.IsType<GiveNewPasswordOutcome.Given>(given);
        for (var source = 0; source < 3; source++)
        {
            using var stranger = app.OpenBrowser($"198.51.100.{source}");
            await stranger.OpenAsync("/sign-in");
            for (var wrong = 0; wrong < 4; wrong++)
            {
                await stranger.SignInAsync(amina, "Wrong#Password42");
            }
        }

        await thief.OpenAsync("/sign-in");
        await thief.SignInAsync(amina, "Wrong#Password42");

        Assert.Equal("Account locked. Contact your administrator.", thief.Alert);   // else it may go on guessing, past the hundredth
    }

    /// <summary>S2-35: nobody gets a link that no proof of theirs can go with.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-35")]
    public async Task An_app_that_the_policy_does_not_allow_is_no_second_proof(Database database)
    {
        await using var app = await CardeaApp.StartAsync(
            database,
            ("Cardea:Policy", "nist"), ("Cardea:PublicAddress", AppsWithLinks.PublicAddress), ("Cardea:SecondFactors:Allowed", "Passkey, Text"));
        var amina = await AddByEmailAsync(app, "amina", Roles.Standard);
        await app.AddAuthenticatorAsync(amina);
        using var asks = app.OpenBrowser();
        await asks.OpenAsync("/forgot-password");
        asks.Fill("Email Address", amina.Email);
        await asks.ClickAsync("Submit");
        await app.WorkOffRequestsAsync();

        Assert.Equal("Your password cannot be reset by a link", Assert.Single(await app.MailsToAsync(amina.Email, expected: 1)).Subject);
    }

    /// <summary>S2-36: the reset ends all older links, also one that a node made whose clock is two seconds ahead.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-36")]
    public async Task Older_links_end_whatever_the_clocks_of_the_nodes_say(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await app.AskForLinkAsync(amina, linksBefore: 1);
        var ahead = app.Clock.Now.AddSeconds(2);
        await app.WriteAsync(db => db.ResetLinks.Where(l => l.AccountId == amina.Id && l.ProvenAt == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.MadeAt, ahead)));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await browser.ChooseAsync(RecoverySteps.NewPassword);
        Assert.Equal("Password Updated", browser.Heading);

        await browser.OpenAsync(second);

        Assert.Equal(IsOver, browser.Heading);
    }

    private static async Task<TestPerson> AddByEmailAsync(CardeaApp app, string username, Roles roles)
    {
        var person = await app.AddPersonAsync(username: username, roles: roles);
        await app.WriteAsync(async db =>
        {
            await db.SignInNames.Where(name => name.AccountId == person.Id).ExecuteDeleteAsync();
            db.Add(new SignInName { Id = app.Clock.NewId(), Scope = SignInName.AllEmailAddresses, Name = person.Email, Skeleton = person.Email, AccountId = person.Id });
            await db.SaveChangesAsync();
            await db.AccountActivity.Where(a => a.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, app.Clock.Now));
        });
        return person;
    }

    private static Task<NpgsqlConnection> HoldAccountAsync(CardeaApp app, TestPerson person) =>
        HoldAsync(app, $"SELECT 1 FROM \"Accounts\" WHERE \"Id\" = '{person.Id}' FOR NO KEY UPDATE");

    private static async Task<NpgsqlConnection> HoldAsync(CardeaApp app, string select)
    {
        var connection = new NpgsqlConnection(await app.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString())));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(connection, $"BEGIN; {select}");
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statements)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statements;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task WaitForWaitersAsync(CardeaApp app, int expected)
    {
        for (var time = 0; time < 20_000; time++)   // each asks the server, which takes its time
        {
            var waiting = await app.ReadAsync(db => db.Database.SqlQuery<int>(
                $"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").SingleAsync());
            if (waiting >= expected)
            {
                return;
            }
        }

        Assert.Fail("Nobody waits.");
    }
}
