using System.Net;
using Cardea.Features.Audit;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Codes;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SecondFactors;

/// <summary>A person whose code was mailed, and many requests at once that try it or ask for another, through two nodes on one database.</summary>
[Scenario("S1-06", "S1-07", "F-03", "V15.4.1")]
public sealed class ParallelSentCodeTests(NodePairs nodes) : IClassFixture<NodePairs>
{
    private const int Limit = 5, AtOnce = 12;

    [Theory, EachDatabase, Scenario("A-03", "V6.5.1", "V2.3.4")]
    public async Task A_code_typed_many_times_at_once_is_accepted_once(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await AddPersonAsync(first);
        using var browser = await first.SignInAsync(amina);
        var form = browser.FormOf("Submit");
        form["Input.Code"] = await first.CodeSentToAsync(amina.Email);

        var answers = await SendAtOnceAsync(first, second, browser, form, HttpStatusCode.BadRequest);

        Assert.Single(await AuditAsync(first, amina, "second_factor.proven.v1"));
        Assert.Equal(0, await first.ReadAsync(db => db.SentCodes.CountAsync(code => code.AccountId == amina.Id)));
        Assert.Contains((HttpStatusCode.OK, "/"), answers);
    }

    [Theory, EachDatabase, Scenario("A-03", "V2.3.4")]
    public async Task Of_many_who_have_found_a_code_right_one_spends_it(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await AddPersonAsync(first);
        using var browser = await first.SignInAsync(amina);
        var code = await first.CodeSentToAsync(amina.Email);
        var person = await first.PersonOfAsync(browser);

        var outcomes = await AtOnceAsync(first, second, howMany: Limit, node =>
            node.RunAsync<ProveByCode, ProveOutcome>(prove => prove.RunAsync(person, FactorKinds.Email, code, CancellationToken.None)));

        Assert.Single(outcomes, outcome => outcome is ProveOutcome.Proven);
        Assert.All(outcomes, outcome => Assert.True(outcome is ProveOutcome.Proven or ProveOutcome.NotAccepted));
    }

    [Theory, EachDatabase, Scenario("A-02", "V6.6.3", "V6.3.1")]
    public async Task However_many_guess_at_once_five_are_looked_at_and_the_right_code_comes_too_late(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await AddPersonAsync(first);
        using var browser = await first.SignInAsync(amina);
        var code = await first.CodeSentToAsync(amina.Email);
        var person = await first.PersonOfAsync(browser);
        var wrong = code == "000000" ? "000001" : "000000";

        var outcomes = await AtOnceAsync(first, second, howMany: 8 * Limit, node =>
            node.RunAsync<ProveByCode, ProveOutcome>(prove => prove.RunAsync(person, FactorKinds.Email, wrong, CancellationToken.None)));

        Assert.Equal(Limit, outcomes.Count(outcome => outcome is ProveOutcome.NotAccepted));
        Assert.All(outcomes, outcome => Assert.True(outcome is ProveOutcome.NotAccepted or ProveOutcome.Locked or ProveOutcome.TooBusy));
        first.Clock.Advance(TimeSpan.FromMinutes(3));   // the lock is over; the code has no try left
        browser.Fill("Enter Code", code);
        await browser.ClickAsync("Submit");
        Assert.Contains("MFA code not accepted.", browser.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("A-02", "V6.6.3")]
    public async Task A_code_gives_out_five_tries_whatever_the_limits_of_the_person_are(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await AddPersonAsync(first);
        using var browser = await first.SignInAsync(amina);
        var person = await first.PersonOfAsync(browser);

        var tries = await AtOnceAsync(first, second, howMany: 8 * Limit, node =>
            node.RunAsync<CodeTries, SentCode?>(tries => tries.CountAsync(person, FactorKinds.Email, CancellationToken.None)));

        Assert.Equal([1, 2, 3, 4, 5], tries.OfType<SentCode>().Select(code => code.Tries).Order());
    }

    [Theory, EachDatabase, Scenario("S1-07", "V2.3.4", "V2.4.1")]
    public async Task Resend_pressed_many_times_at_once_makes_one_new_code_and_the_old_one_is_dead(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await AddPersonAsync(first);
        using var browser = await first.SignInAsync(amina);
        var old = await first.CodeSentToAsync(amina.Email);
        var resend = browser.FormOf("Resend");
        first.Clock.Advance(TimeSpan.FromSeconds(30));

        var answers = await SendAtOnceAsync(first, second, browser, resend, HttpStatusCode.TooManyRequests);

        Assert.Single(answers, answer => answer.Status is HttpStatusCode.OK);
        Assert.Equal(2, (await AuditAsync(first, amina, "second_factor.code_sent.v1")).Count);
        var newest = await first.CodeSentToAsync(amina.Email, expected: 2);
        Assert.Equal(2, (await first.MailsToAsync(amina.Email, expected: 2)).Count);
        Assert.Equal(2, await first.ReadAsync(db => db.SentCodes.Where(code => code.AccountId == amina.Id).Select(code => code.Sent).SingleAsync()));
        browser.Fill("Enter Code", old);
        await browser.ClickAsync("Submit");
        Assert.Equal(old == newest, browser.Url == "/");
        if (old != newest)
        {
            browser.Fill("Enter Code", newest);
            await browser.ClickAsync("Submit");
            Assert.Equal("/", browser.Url);
        }
    }

    [Theory, EachDatabase, Scenario("S1-07", "V2.3.4")]
    public async Task A_code_that_was_being_looked_at_when_a_newer_one_was_sent_is_not_spent(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var amina = await AddPersonAsync(first);
        using var browser = await first.SignInAsync(amina);
        var person = await first.PersonOfAsync(browser);
        var old = await first.RunAsync<CodeTries, SentCode?>(tries => tries.CountAsync(person, FactorKinds.Email, CancellationToken.None));
        first.Clock.Advance(TimeSpan.FromSeconds(30));
        using var tab = browser.Copy(second);
        await tab.OpenAsync("/sign-in/second-factor/email");
        await tab.ClickAsync("Resend");

        Assert.False(await first.RunAsync<CodeTries, bool>(tries => tries.SpendAsync(old!, CancellationToken.None)));
        Assert.Equal(2, await first.ReadAsync(db => db.SentCodes.Where(code => code.AccountId == amina.Id).Select(code => code.Sent).SingleAsync()));
    }

    [Theory, EachDatabase, Scenario("A-05", "A-06", "V6.6.2")]
    public async Task The_codes_of_somebody_else_let_nobody_in(Database database)
    {
        var (first, second) = await nodes.OnAsync(database);
        var (amina, ben) = (await AddPersonAsync(first), await AddPersonAsync(first));
        var phone = await first.AddAuthenticatorAsync(amina);
        await first.AddAuthenticatorAsync(ben);
        var recovery = RecoveryCodeRules.New(0, "AAAABBBBCCCCDDD");
        var hash = first.Services.GetRequiredService<PasswordHashes>().Hash(recovery.Text);
        await first.WriteAsync(db =>
        {
            db.Add(new RecoveryCodeHash { AccountId = amina.Id, Position = recovery.Position, CodeHash = hash, MadeAt = first.Clock.GetUtcNow() });
            return db.SaveChangesAsync();
        });
        using var hers = await first.SignInAsync(amina);
        await hers.FollowAsync("Get a code by email");
        var code = await first.CodeSentToAsync(amina.Email);
        using var his = await second.SignInAsync(ben);

        await his.EnterCodeAsync(phone.Code());
        Assert.Contains("MFA code not accepted.", his.Alert, StringComparison.Ordinal);
        await his.FollowAsync("Use a recovery code instead");
        his.Fill("Recovery code", recovery.Text);
        await his.ClickAsync("Login");
        Assert.Contains("Recovery code not accepted.", his.Alert, StringComparison.Ordinal);
        await his.OpenAsync("/sign-in/second-factor/email");
        his.Fill("Enter Code", code);
        await his.ClickAsync("Submit");
        Assert.Equal(await first.CodeSentToAsync(ben.Email) == code, his.Url == "/");   // one time in a million it is his own

        hers.Fill("Enter Code", code);
        await hers.ClickAsync("Submit");
        Assert.Equal("/", hers.Url);
    }

    private static async Task<TestPerson> AddPersonAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(person.Organization, OrganizationMethod.Emails);
        await app.AddFactorAsync(person, FactorKinds.Email);
        return person;
    }

    /// <summary>The same form from as many windows of the same browser. A busy gate counts and sends nothing.</summary>
    private static async Task<(HttpStatusCode Status, string Url)[]> SendAtOnceAsync(
        CardeaApp first, CardeaApp second, PersonBrowser browser, PageForm form, HttpStatusCode refused)
    {
        var answers = await AtOnceAsync(first, second, AtOnce, async node =>
        {
            using var tab = browser.Copy(node);
            await tab.SubmitAsync(form);
            return (tab.Status, tab.Url);
        });
        Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.OK, refused, HttpStatusCode.ServiceUnavailable]));
        return answers;
    }

    private static Task<T[]> AtOnceAsync<T>(CardeaApp first, CardeaApp second, int howMany, Func<CardeaApp, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, howMany).Select(number => Task.Run(() => act(number % 2 == 0 ? first : second))));

    private static async Task<List<AuditEntry>> AuditAsync(CardeaApp app, TestPerson person, string name) =>
        [.. (await app.AuditAsync()).Where(entry => entry.Name == name && entry.SubjectId == person.Id)];
}
