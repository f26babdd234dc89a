using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Codes;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SecondFactors;

/// <summary>What a new address, a new password and a new policy do to factors, codes on their way and remembered devices.</summary>
[Scenario("S1-08")]
public sealed class AfterAChangeTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Box = "Do not ask again on this device for 3 days Not on a device that others use, too.";

    [Theory, EachDatabase, Scenario("S1-03", "S2-07", "A-06")]
    public async Task A_new_address_ends_codes_and_devices_of_the_old_one_and_gets_the_codes_from_then_on(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app, account => account.EmailConfirmedAt = null);
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await app.SignInAsync(amina);
        browser.Fill(Box, "yes");
        await EmailSteps.EnterAsync(browser, await app.CodeSentToAsync(amina.Email));
        Assert.Equal(EmailSteps.EmailPage, browser.Url);
        using var waiting = await app.SignInAsync(amina);
        var old = await app.CodeSentToAsync(amina.Email, expected: 2);

        var address = EmailSteps.NewAddress();
        await EmailSteps.AskForCodeAsync(browser, address);
        await EmailSteps.EnterAsync(browser, await app.CodeSentToAsync(address));
        Assert.Equal("/", browser.Url);

        await EmailSteps.EnterAsync(waiting, old);
        Assert.Contains("MFA code not accepted.", waiting.Alert, StringComparison.Ordinal);
        await waiting.ClickAsync("Resend");
        await EmailSteps.EnterAsync(waiting, await app.CodeSentToAsync(address, expected: 2));
        Assert.Equal("/", waiting.Url);
        Assert.Equal("/sign-in/second-factor/email", await SignInAgainAsync(browser, amina));
    }

    /// <summary>The page had found the former address when the change came in between.</summary>
    [Theory, EachDatabase, Scenario("S1-07", "V2.3.4")]
    public async Task A_code_that_is_asked_for_while_the_address_changes_goes_to_the_new_one(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await app.SignInAsync(amina);
        var person = await app.PersonOfAsync(browser);
        var destination = new CodeDestination(FactorKinds.Email, amina.Email);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var address = EmailSteps.NewAddress();
        await app.ChangeAsync(amina, account => (account.Email, account.NormalizedEmail) = (address, address));

        await app.RunAsync<SendCode, SendCodeOutcome>(send => send.RunAsync(person, destination, "203.0.113.0/24", "en", CancellationToken.None));

        Assert.Equal(address, await app.ReadAsync(db => db.SentCodes.Where(code => code.AccountId == amina.Id).Select(code => code.To).SingleAsync()));
        Assert.Single(await app.MailsToAsync(address, expected: 1));
    }

    [Theory, EachDatabase]
    public async Task A_new_password_ends_remembered_devices(Database database)
    {
        const string NewPassword = "Windy#Thursday77";
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        browser.Fill(Box, "yes");
        await browser.EnterCodeAsync(phone.Code());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ChangeAsync(amina, account => account.PasswordIsTemporary = true);
        Assert.Equal("/sign-in/password", await SignInAgainAsync(browser, amina));

        browser.Fill("New Password", NewPassword);
        browser.Fill("Confirm New Password", NewPassword);
        await browser.ClickAsync("Save");

        Assert.Equal("/", browser.Url);
        Assert.Equal("/sign-in/second-factor", await SignInAgainAsync(browser, amina with { Password = NewPassword }));
    }

    [Theory, EachDatabase, Scenario("A-12", "A-06")]
    public async Task What_the_policy_allows_no_longer_is_accepted_no_longer(Database database)
    {
        var app = await apps.OnAsync(database);
        await using var strict = app.StartSecondNode(("Cardea:SecondFactors:Allowed", "Passkey"));
        var amina = await AddPersonAsync(app);
        var phone = await app.AddAuthenticatorAsync(amina);
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Login");
        form["Input.Code"] = phone.Code();
        await browser.FollowAsync("Get a code by email");
        var code = await app.CodeSentToAsync(amina.Email);
        var person = await app.PersonOfAsync(browser);

        Assert.IsType<ProveOutcome.Unusable>(await strict.RunAsync<ProveByAuthenticator, ProveOutcome>(
            prove => prove.RunAsync(person, phone.Code(), CancellationToken.None)));
        Assert.IsType<ProveOutcome.Unusable>(await strict.RunAsync<ProveByCode, ProveOutcome>(
            prove => prove.RunAsync(person, FactorKinds.Email, code, CancellationToken.None)));
        using var there = browser.Copy(strict);
        await there.SubmitAsync(form);
        Assert.StartsWith("/sign-in/second-factor-set-up", there.Url, StringComparison.Ordinal);
        Assert.Null((await app.PersonOfAsync(browser)).SecondFactorAt);
    }

    private static async Task<TestPerson> AddPersonAsync(CardeaApp app, Action<Features.Accounts.Account>? change = null)
    {
        var person = await app.AddPersonAsync(change: change);
        await app.AskForSecondFactorAsync(person.Organization, OrganizationMethod.UsersChoose, rememberDays: 3);
        return person;
    }

    private static async Task<string> SignInAgainAsync(PersonBrowser browser, TestPerson person)
    {
        browser.Cookies.CloseBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(person);
        return browser.Url;
    }
}
