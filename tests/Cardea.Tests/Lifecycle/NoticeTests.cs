using Cardea.Features.Lifecycle;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Lifecycle;

/// <summary>Ten days before, each person hears of it once, whatever the jobs do.</summary>
[Scenario("S2-16", "V6.4.5")]
public sealed class NoticeTests
{
    private static readonly (string, string) Address = ("Cardea:PublicAddress", "https://localhost");

    [Theory, EachDatabase]
    [Scenario("K-16")]
    public async Task Ten_days_before_a_password_expires_one_mail_comes_from_the_help_desk(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        await NameHelpDeskAsync(app, "help@registry.example");
        var amina = await app.AddPersonAsync();
        await app.LiveThroughAsync(49);
        Assert.Equal(0, await app.PromisedAsync<PasswordExpiresMail>(amina));

        await app.LiveThroughAsync(11);

        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("help@registry.example", mail.From.Mailboxes.Single().Address);
        Assert.NotEqual("help@registry.example", mail.Sender!.Address);
        Assert.Equal("Your password will expire soon", mail.Subject);
        Assert.Contains("May 1, 2026", mail.TextBody, StringComparison.Ordinal);   // sixty days after March 2
        Assert.Contains("https://localhost/sign-in", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("?", mail.TextBody!.Split("https://localhost/sign-in")[1].Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(1, await app.PromisedAsync<PasswordExpiresMail>(amina));
    }

    /// <summary>A new one is another fact, with a notice of its own.</summary>
    [Theory, EachDatabase]
    public async Task Whoever_changes_it_in_time_is_told_again_only_of_the_new_one(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        await app.LiveThroughAsync(51);
        Assert.Equal(1, await app.PromisedAsync<PasswordExpiresMail>(amina));
        await app.SettleAsync(amina, "/sign-in/password");
        using (var browser = await app.SignInAsync(amina))
        {
            Assert.Equal("/", browser.Url);
        }

        await app.LiveThroughAsync(49);
        Assert.Equal(1, await app.PromisedAsync<PasswordExpiresMail>(amina));

        await app.LiveThroughAsync(1);

        Assert.Equal(2, await app.PromisedAsync<PasswordExpiresMail>(amina));
    }

    [Theory, EachDatabase]
    public async Task After_three_days_without_a_server_nobody_is_left_out_and_after_ten_nobody_hears_soon(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var early = await app.AddPersonAsync();
        app.Clock.Advance(TimeSpan.FromDays(50) + TimeSpan.FromDays(3));
        await app.GoTheRoundsAsync();
        Assert.Equal(1, await app.PromisedAsync<PasswordExpiresMail>(early));
        var late = await app.AddPersonAsync();

        app.Clock.Advance(TimeSpan.FromDays(60));
        await app.GoTheRoundsAsync();

        Assert.Equal(0, await app.PromisedAsync<PasswordExpiresMail>(late));
    }

    [Theory]
    [EachDatabase("temporary")]
    [EachDatabase("compromised")]
    [EachDatabase("disabled")]
    [EachDatabase("no address")]
    [EachDatabase("patient")]
    public async Task Who_has_no_use_for_it_gets_none(Database database, string who)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var person = who is "patient" ? await app.AddPatientAsync() : await app.AddPersonAsync();
        await app.ChangeAsync(person, account =>
        {
            account.PasswordIsTemporary = who is "temporary";
            account.PasswordCompromisedAt = who is "compromised" ? app.Clock.GetUtcNow() : null;
            account.DisabledAt = who is "disabled" ? app.Clock.GetUtcNow() : null;
            account.Email = who is "no address" ? null : account.Email;
        });

        await app.LiveThroughAsync(55);

        Assert.Equal(0, await app.PromisedAsync<PasswordExpiresMail>(person));
    }

    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task Of_rounds_on_two_nodes_at_once_each_person_hears_once(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        await using var other = app.StartSecondNode(Address);
        var clinic = await app.AddOrganizationAsync();
        var people = new List<TestPerson>();
        for (var number = 0; number < 30; number++)
        {
            people.Add(await app.AddPersonAsync(organization: clinic));
        }

        app.Clock.Advance(TimeSpan.FromDays(85));   // the password has expired: only the inactivity is told of

        await Task.WhenAll(((CardeaApp[])[app, other, app, other]).Select(node => Task.Run(node.GoTheRoundsAsync)));

        Assert.Equal(people.Count, await app.ReadAsync(db => db.SentNotices.CountAsync(n => n.Kind == NoticeKind.BecomesInactive)));
        Assert.Equal(people.Count, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == BecomesInactiveMail.Kind)));
    }

    /// <summary>Between finding whom to tell and telling them, another round tells them all.</summary>
    [Theory, EachDatabase]
    public async Task A_round_that_was_overtaken_tells_nobody_again(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();
        var longAgo = app.Clock.GetUtcNow() - TimeSpan.FromDays(85);   // the clock stands still, so that no other round begins
        await app.WriteAsync(db => db.AccountActivity.ExecuteUpdateAsync(set => set.SetProperty(a => a.IdleSince, longAgo)));
        var overtaken = app.Statements.HoldNextReader("IdleSince", "SentNotices");
        var slow = app.GoTheRoundsAsync();
        await overtaken.HasRead;

        await app.GoTheRoundsAsync();
        overtaken.LetGoOn();
        await slow;

        Assert.Equal(1, await app.PromisedAsync<BecomesInactiveMail>(amina));
    }

    /// <summary>Their passwords were set at the same moment, which is also where one batch ends and the next begins.</summary>
    [Theory, EachDatabase]
    public async Task One_round_tells_more_people_than_one_batch_takes(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var clinic = await app.AddOrganizationAsync();
        for (var number = 0; number < 120; number++)
        {
            await app.AddPersonAsync(organization: clinic, kind: PersonKind.New);
        }

        var longAgo = app.Clock.GetUtcNow() - TimeSpan.FromDays(55);   // the clock stands still, so that no other round begins
        await app.WriteAsync(db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordSetAt, longAgo).SetProperty(a => a.PasswordIsTemporary, false)));

        await app.GoTheRoundsAsync();

        Assert.Equal(120, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == PasswordExpiresMail.Kind)));
    }

    /// <summary>More people than one transaction takes, in the middle of which the database goes away.</summary>
    [Theory, EachDatabase]
    public async Task A_round_that_breaks_off_is_made_up_for_by_the_next(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var clinic = await app.AddOrganizationAsync();
        for (var number = 0; number < 120; number++)
        {
            await app.AddPersonAsync(organization: clinic, kind: PersonKind.New);
        }

        var longAgo = app.Clock.GetUtcNow() - TimeSpan.FromDays(85);   // the clock stands still, so that no other round begins
        await app.WriteAsync(db => db.AccountActivity.ExecuteUpdateAsync(set => set.SetProperty(a => a.IdleSince, longAgo)));
        using var stop = new CancellationTokenSource();
        var notices = 0;
        app.Statements.Seen = statement =>
        {
            if (statement.Contains("INSERT INTO \"SentNotices\"", StringComparison.Ordinal) && ++notices == 110)
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.RunAsync<SendNotices, bool>(async round =>
        {
            await round.RunAsync(stop.Token);
            return true;
        }));
        app.Statements.Seen = null;
        Assert.Equal(100, await app.ReadAsync(db => db.SentNotices.CountAsync()));
        Assert.Equal(100, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == BecomesInactiveMail.Kind)));

        await app.GoTheRoundsAsync();

        Assert.Equal(120, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == BecomesInactiveMail.Kind)));
    }

    /// <summary>In the night to March 8, 2026 clocks went forward in the middle of the United States: a day had 23 hours, and people are told the time on their wall.</summary>
    [Theory, EachDatabase]
    public async Task Daylight_saving_moves_what_is_shown_and_nothing_else(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, Address);
        var amina = await app.AddPersonAsync();   // Monday, March 2, 8:00 in winter time
        await app.LiveThroughAsync(50);

        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));

        Assert.Contains("9:00 AM", mail.TextBody, StringComparison.Ordinal);   // in summer time
    }

    private static Task NameHelpDeskAsync(CardeaApp app, string address) =>
        app.WriteAsync(db => db.Registry.ExecuteUpdateAsync(set => set.SetProperty(r => r.HelpDeskEmail, address)));
}
