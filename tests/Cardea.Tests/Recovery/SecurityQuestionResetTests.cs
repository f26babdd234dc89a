using System.Net;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Tests.EmailAddresses;
using static Cardea.Tests.Recovery.RecoverySteps;

namespace Cardea.Tests.Recovery;

/// <summary>"Answer Security Question": three misses in all, and then only somebody with the right to helps.</summary>
[Scenario("S2-34", "C-02")]
public sealed class SecurityQuestionResetTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    [Theory, EachDatabase]
    [Scenario("K-09")]
    public async Task The_third_miss_over_all_links_locks_the_account_and_its_owner_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.AskForLinkAsync(amina));
        var question = browser.Question;
        await browser.AnswerAsync("red bicycle");
        Assert.Equal((HttpStatusCode.BadRequest, question), (browser.Status, browser.Question));
        Assert.Contains("You have 2 tries left.", browser.Alert, StringComparison.Ordinal);
        Assert.DoesNotContain("red bicycle", browser.Html, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.OpenAsync(await app.AskForLinkAsync(amina, linksBefore: 1));
        Assert.Equal(question, browser.Question);
        await browser.AnswerAsync("green bicycle");
        Assert.Contains("One more wrong answer locks your account.", browser.Alert, StringComparison.Ordinal);

        await browser.AnswerAsync("yellow bicycle");

        Assert.Equal("Account locked", browser.Heading);
        await browser.RefreshAsync();
        Assert.Equal("This link no longer works", browser.Heading);
        Assert.Contains(await app.MailsToAsync(amina.Email, expected: 3), mail => mail.Subject == "Your account is locked");
        Assert.Contains(await app.AuditAsync(), entry => entry.Name == "account.hard_locked.v1" && entry.SubjectId == amina.Id);
        using var withPassword = await app.SignInAsync(amina);
        Assert.Equal("Account locked. Contact your administrator.", withPassword.Alert);
        using var without = await app.SignInAsync(amina, "Wrong#Password42");
        Assert.Equal("Invalid credentials", without.Alert);
    }

    [Theory, EachDatabase]
    [Scenario("S2-35", "A-12")]
    public async Task Until_it_is_unlocked_a_new_link_is_refused_by_mail(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        await LockAsync(app, amina);
        using (var asks = app.OpenBrowser())
        {
            await asks.OpenAsync("/forgot-password");
            await asks.AskForLinkAsync(amina);
        }

        await app.WorkOffRequestsAsync();
        var mails = await app.MailsToAsync(amina.Email, expected: 3);
        Assert.Contains(mails, mail => mail.TextBody!.Contains("the security question was answered wrongly three times", StringComparison.Ordinal));

        var account = await app.RunAsync((AccountFinder finder) =>
            finder.FindAsync(Audience.Staff, amina.Organization.Code, amina.Username, CancellationToken.None));
        Assert.Equal(UnlockAccountOutcome.Unlocked, await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(account!, CancellationToken.None)));
        Assert.Equal(UnlockAccountOutcome.WasNotLocked, await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(account!, CancellationToken.None)));
        using var anew = await app.SignInAsync(amina);
        Assert.Equal("/", anew.Url);
    }

    /// <summary>Whoever was answered is asked the next one the next time.</summary>
    [Theory, EachDatabase]
    public async Task The_question_stays_until_it_was_answered(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var first = app.OpenBrowser();
        await first.OpenAsync(await app.AskForLinkAsync(amina));
        var asked = first.Question;
        await first.RefreshAsync();
        Assert.Equal(asked, first.Question);
        await first.AnswerAsync("");
        Assert.Contains("Enter your answer.", first.Alert, StringComparison.Ordinal);
        Assert.Equal(0, await app.WrongAnswersAsync(amina));
        await first.AnswerAsync(TestPeople.Answer);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var second = app.OpenBrowser();

        await second.OpenAsync(await app.AskForLinkAsync(amina, linksBefore: 1));

        Assert.NotEqual(asked, second.Question);
    }

    [Theory, EachDatabase]
    public async Task A_right_answer_clears_the_misses_before_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.AskForLinkAsync(amina));
        await browser.AnswerAsync("red bicycle");
        await browser.AnswerAsync("green bicycle");
        Assert.Equal(2, await app.WrongAnswersAsync(amina));

        await browser.AnswerAsync(TestPeople.Answer);

        Assert.Equal(0, await app.WrongAnswersAsync(amina));
    }

    /// <summary>Counted before it is looked at, whichever node is asked .</summary>
    [Theory, EachDatabase]
    [Scenario("A-02", "V15.4.1")]
    public async Task Of_many_guesses_at_once_three_are_evaluated(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        await using var other = app.StartSecondNode(("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        var link = await app.AskForLinkAsync(amina);
        var browsers = new List<PersonBrowser>();
        foreach (var node in Enumerable.Repeat((CardeaApp[])[app, other], 10).SelectMany(nodes => nodes))
        {
            var browser = node.OpenBrowser();
            await browser.OpenAsync(link);
            browsers.Add(browser);
        }

        await Task.WhenAll(browsers.Select((browser, number) => Task.Run(() => browser.AnswerAsync($"guess number {number}"))));

        Assert.Equal(3, await app.WrongAnswersAsync(amina));
        var audit = await app.AuditAsync();
        Assert.Equal(3, audit.Count(entry => entry.Name == "reset.proof_refused.v1"));
        Assert.Single(audit, entry => entry.Name == "account.hard_locked.v1");
        using var late = app.OpenBrowser();
        await late.OpenAsync(link);
        Assert.Equal("This link no longer works", late.Heading);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Theory, EachDatabase]
    [Scenario("A-02", "A-04")]
    public async Task Of_many_right_answers_at_once_one_gets_on(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var link = await app.AskForLinkAsync(amina);
        var browsers = new List<PersonBrowser>();
        for (var number = 0; number < 3; number++)
        {
            var browser = app.OpenBrowser();
            await browser.OpenAsync(link);
            browsers.Add(browser);
        }

        await Task.WhenAll(browsers.Select(browser => Task.Run(() => browser.AnswerAsync(TestPeople.Answer))));

        Assert.Single(browsers, browser => browser.Url == "/forgot-password/new");
        Assert.Equal(0, await app.WrongAnswersAsync(amina));
        browsers.ForEach(browser => browser.Dispose());
    }

    /// <summary>Nothing outside locks the last usable operator; whoever reads an operator's mail is outside.</summary>
    [Theory, EachDatabase]
    [Scenario("X-05")]
    public async Task The_last_operator_is_not_locked_out_by_wrong_answers(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var (olga, oscar) = (await app.AddPersonAsync(roles: Roles.RegistryOperator), await app.AddPersonAsync(roles: Roles.RegistryOperator));
        using (var before = await app.SignInAsync(olga))
        {
            Assert.Equal("/", before.Url);
        }

        await LockAsync(app, olga);
        using (var locked = await app.SignInAsync(olga))
        {
            Assert.Equal("Account locked. Contact your administrator.", locked.Alert);
        }

        await app.ChangeAsync(oscar, account => account.DisabledAt = app.Clock.Now);
        using var last = await app.SignInAsync(olga);
        Assert.Equal("/", last.Url);
    }

    [Theory]
    [EachDatabase(1_000_000)]
    [EachDatabase(500)]
    [Scenario("A-17")]
    public async Task An_endless_answer_is_a_wrong_one(Database database, int length)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.AskForLinkAsync(amina));

        await browser.AnswerAsync(new('a', length));

        Assert.NotEqual(HttpStatusCode.InternalServerError, browser.Status);
        Assert.NotEqual("/forgot-password/new", browser.Url);
    }

    private static async Task LockAsync(CardeaApp app, TestPerson person)
    {
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.AskForLinkAsync(person));
        foreach (var answer in (string[])["one wrong", "two wrong", "three wrong"])
        {
            await browser.AnswerAsync(answer);
        }

        Assert.Equal("Account locked", browser.Heading);
    }
}
