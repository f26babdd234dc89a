using Cardea.Features.Accounts;
using Cardea.Features.Lifecycle;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Lifecycle;

/// <summary>Ninety days without use, a notice in time, and the way back.</summary>
[Scenario("S2-18")]
public sealed class InactivityTests
{
    private static readonly (string, string) Address = ("Cardea:PublicAddress", "https://localhost");

    [Theory, EachDatabase]
    public async Task After_eighty_days_a_mail_comes_and_after_ninety_the_account_is_inactive(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        using var before = await app.SignInAsync(amina);
        await app.LiveThroughAsync(79);
        Assert.Equal(0, await app.PromisedAsync<BecomesInactiveMail>(amina));
        await app.LiveThroughAsync(1);
        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 2), mail => mail.Subject == "Your account will become inactive soon");
        Assert.Contains("May 31, 2026", mail.TextBody, StringComparison.Ordinal);   // ninety days after March 2
        Assert.Contains("https://localhost/sign-in", mail.TextBody, StringComparison.Ordinal);
        await app.LiveThroughAsync(9);
        Assert.False(await app.IsInactiveAsync(amina));

        await app.LiveThroughAsync(1);

        Assert.True(await app.IsInactiveAsync(amina));
        await app.LiveThroughAsync(30);
        Assert.Equal(1, await app.PromisedAsync<BecomesInactiveMail>(amina));
        Assert.Single(await app.AuditAsync(), entry => entry.Name == "account.inactivated.v1" && entry.SubjectId == amina.Id);
    }

    [Theory, EachDatabase]
    public async Task An_account_that_was_never_used_counts_from_its_creation(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var ben = await app.AddPersonAsync(PersonKind.New);

        await app.LiveThroughAsync(90);

        Assert.True(await app.IsInactiveAsync(ben));
    }

    [Theory, EachDatabase]
    public async Task Signing_in_keeps_it_active(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        await app.LiveThroughAsync(85);
        await app.SettleAsync(amina);
        using (var browser = await app.SignInAsync(amina))
        {
            Assert.Equal("/", browser.Url);
        }

        await app.LiveThroughAsync(79);
        Assert.False(await app.IsInactiveAsync(amina));
        await app.LiveThroughAsync(11);
        Assert.True(await app.IsInactiveAsync(amina));
        var told = (await app.AuditAsync()).Where(entry => entry.Name == "account.notice_given.v1" && entry.Payload.Contains(nameof(NoticeKind.BecomesInactive), StringComparison.Ordinal));
        Assert.Equal(2, told.Count());   // the first mail itself is out of date, and deleted
    }

    /// <summary>Nobody becomes inactive because a server was away when the notice was due.</summary>
    [Theory, EachDatabase]
    public async Task It_waits_until_ten_days_after_the_notice(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        app.Clock.Advance(TimeSpan.FromDays(200));
        await app.GoTheRoundsAsync();
        Assert.False(await app.IsInactiveAsync(amina));
        await app.LiveThroughAsync(9);
        Assert.False(await app.IsInactiveAsync(amina));

        await app.LiveThroughAsync(1);

        Assert.True(await app.IsInactiveAsync(amina));
    }

    [Theory, EachDatabase]
    [Scenario("S2-19", "S0-05", "S2-35", "X-03", "A-12")]
    public async Task Only_the_right_password_hears_of_it_and_no_door_is_open(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        using var inTheMiddle = await app.SignInAsync(amina);
        await InactivateAsync(app, amina);
        await inTheMiddle.OpenAsync("/account");
        Assert.StartsWith("/sign-in", inTheMiddle.Url, StringComparison.Ordinal);

        using var right = await app.SignInAsync(amina);
        Assert.Contains("Your account is inactive", right.Alert, StringComparison.Ordinal);
        using var wrong = await app.SignInAsync(amina, "Wrong#Password42");
        Assert.Equal("Invalid credentials", wrong.Alert);
        using var forgot = app.OpenBrowser();
        await forgot.OpenAsync("/forgot-password");
        await forgot.AskForLinkAsync(amina);
        await app.WorkOffRequestsAsync();
        Assert.Contains(
            await app.MailsToAsync(amina.Email, expected: 1), mail => mail.TextBody!.Contains("your account is inactive", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    [Scenario("S2-19")]
    public async Task Reactivating_takes_a_reason_and_gives_a_temporary_password(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        var account = (await app.RunAsync((AccountFinder finder) =>
            finder.FindAsync(Audience.Staff, amina.Organization.Code, amina.Username, CancellationToken.None)))!;
        Assert.IsType<ReactivateAccountOutcome.WasNotInactive>(await ReactivateAsync("Back from leave"));
        await InactivateAsync(app, amina);
        Assert.IsType<GiveNewPasswordOutcome.IsInactive>(await app.RunAsync((GiveNewPassword give) => give.RunAsync(account, CancellationToken.None)));
        Assert.IsType<ReactivateAccountOutcome.ReasonRefused>(await ReactivateAsync("  "));

        var given = Assert.IsType<ReactivateAccountOutcome.Reactivated>(await ReactivateAsync("Back from leave"));

        using var browser = await app.SignInAsync(amina, given.TemporaryPassword);
        Assert.Equal("/sign-in/password", browser.Url);
        using var former = await app.SignInAsync(amina);
        Assert.Equal("Invalid credentials", former.Alert);
        Assert.Equal("Back from leave", Assert.Single(await app.AuditAsync(), entry => entry.Name == "account.reactivated.v1").Reason);
        Assert.Equal(1, await app.PromisedAsync<ReactivatedMail>(amina));
        await app.LiveThroughAsync(79);
        Assert.False(await app.IsInactiveAsync(amina));   // counted from now on
        await app.LiveThroughAsync(11);
        Assert.True(await app.IsInactiveAsync(amina));

        Task<ReactivateAccountOutcome> ReactivateAsync(string reason) =>
            app.RunAsync((ReactivateAccount reactivate) => reactivate.RunAsync(account, reason, CancellationToken.None));
    }

    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_last_usable_operator_never_becomes_inactive(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var (olga, oscar) = (await app.AddPersonAsync(roles: Roles.RegistryOperator), await app.AddPersonAsync(roles: Roles.RegistryOperator));

        await app.LiveThroughAsync(120);

        bool[] inactive = [await app.IsInactiveAsync(olga), await app.IsInactiveAsync(oscar)];
        Assert.Single(inactive, one => !one);
    }

    [Theory, EachDatabase]
    public async Task Patients_and_registries_without_the_rule_are_left_alone(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var patient = await app.AddPatientAsync();
        await using var portal = await CardeaApp.StartAsync(database, ("Cardea:Policy", "clinical-portal"));
        var ben = await portal.AddPersonAsync();

        await app.LiveThroughAsync(120);
        await portal.LiveThroughAsync(120);

        Assert.False(await app.IsInactiveAsync(patient));
        Assert.False(await portal.IsInactiveAsync(ben));
        Assert.Equal(0, await portal.ReadAsync(db => db.OutboxMessages.CountAsync()));
    }

    /// <summary>They became what they are at the same moment, which is also where one batch ends and the next begins. One who stays is among them.</summary>
    [Theory, EachDatabase]
    public async Task One_round_gets_through_more_people_than_one_batch_takes(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var clinic = await app.AddOrganizationAsync();
        for (var number = 0; number < 220; number++)
        {
            await app.AddPersonAsync(organization: clinic, kind: PersonKind.New);
        }

        var ben = await app.AddPersonAsync(organization: clinic, kind: PersonKind.New);
        await app.ChangeAsync(ben, account => account.DisabledAt = CardeaApp.Start);
        var (unused, told) = (app.Clock.GetUtcNow() - TimeSpan.FromDays(95), app.Clock.GetUtcNow() - TimeSpan.FromDays(15));   // the clock stands still: no other round
        await app.WriteAsync(db => db.AccountActivity.ExecuteUpdateAsync(set => set.SetProperty(a => a.IdleSince, unused)));

        await app.GoTheRoundsAsync();
        Assert.Equal(220, await app.ReadAsync(db => db.SentNotices.CountAsync()));
        await app.WriteAsync(db => db.SentNotices.ExecuteUpdateAsync(set => set.SetProperty(n => n.MadeAt, told)));
        await app.GoTheRoundsAsync();

        Assert.Equal(220, await app.ReadAsync(db => db.Accounts.CountAsync(a => a.InactivatedAt != null)));
        Assert.False(await app.IsInactiveAsync(ben));
    }

    /// <summary>Between finding who is unused and making them inactive, one of them signs in.</summary>
    [Theory, EachDatabase]
    public async Task Whoever_overtakes_the_round_stays_active(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        var (unused, told) = (app.Clock.GetUtcNow() - TimeSpan.FromDays(95), app.Clock.GetUtcNow() - TimeSpan.FromDays(15));   // the clock stands still: no other round
        await app.WriteAsync(async db =>
        {
            await db.AccountActivity.ExecuteUpdateAsync(set => set.SetProperty(a => a.IdleSince, unused));
            db.Add(new SentNotice { AccountId = amina.Id, Kind = NoticeKind.BecomesInactive, About = unused, MadeAt = told });
            await db.SaveChangesAsync();
        });
        var overtaken = app.Statements.HoldNextReader("IdleSince", "Memberships");
        var round = app.GoTheRoundsAsync();
        await overtaken.HasRead;

        using var browser = await app.SignInAsync(amina);
        overtaken.LetGoOn();
        await round;

        Assert.False(await app.IsInactiveAsync(amina));
        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
    }

    /// <summary>Whoever gets in at the moment of the round stays active, on whichever node.</summary>
    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task A_sign_in_at_the_same_moment_and_the_round_agree(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        await using var other = app.StartSecondNode(Address);
        var clinic = await app.AddOrganizationAsync();
        var people = new List<TestPerson>();
        for (var number = 0; number < 6; number++)
        {
            people.Add(await app.AddPersonAsync(organization: clinic));
        }

        await app.LiveThroughAsync(89);
        foreach (var person in people)
        {
            await app.SettleAsync(person);
        }

        app.Clock.Advance(TimeSpan.FromDays(1));

        var signIns = people.Select(person => Task.Run(() => app.SignInAsync(person))).ToList();
        await Task.WhenAll([.. signIns, other.GoTheRoundsAsync(), app.GoTheRoundsAsync()]);

        foreach (var (person, signIn) in people.Zip(signIns))
        {
            using var browser = await signIn;
            await browser.OpenAsync("/account");
            Assert.Equal(await app.IsInactiveAsync(person), browser.Url.StartsWith("/sign-in", StringComparison.Ordinal));
        }
    }

    private static async Task InactivateAsync(CardeaApp app, TestPerson person)
    {
        var now = app.Clock.GetUtcNow();
        await app.ChangeAsync(person, account => account.InactivatedAt = now);
        await app.WriteAsync(db =>
            db.AccountActivity.Where(a => a.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.IdleSince, (DateTimeOffset?)null)));
    }
}
