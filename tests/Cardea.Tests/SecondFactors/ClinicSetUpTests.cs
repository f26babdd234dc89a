using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SecondFactors;

/// <summary>A clinic has begun to ask for second factors; its people have none yet.</summary>
[Scenario("S1-02")]
public sealed class ClinicSetUpTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string EmailPage = "/sign-in/second-factor-set-up/email", ChoicePage = "/sign-in/second-factor-set-up/choose";

    [Theory, EachDatabase, Scenario("S1-03", "S1-06", "S1-12", "V6.3.7")]
    public async Task Emails_are_set_up_by_a_code_to_the_address_on_the_account(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app, OrganizationMethod.Emails);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal((EmailPage, "Set up codes by email"), (browser.Url, browser.Heading));
        Assert.Contains("@clinic.example for you to enter", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(amina.Email, browser.Html, StringComparison.OrdinalIgnoreCase);

        await browser.ClickAsync("Send code");
        await EnterAsync(browser, await app.CodeSentToAsync(amina.Email));

        Assert.Equal("Your recovery codes", browser.Heading);
        Assert.Equal(10, browser.Document.QuerySelectorAll(".recovery-codes li").Length);
        await browser.FollowAsync("I have saved them: continue");
        Assert.Equal(("/", "My Dashboard"), (browser.Url, browser.Heading));
        var factor = await app.FactorOfAsync(amina);
        Assert.Equal((FactorKinds.Email, null), (factor.Kind, factor.PhoneNumber));
        Assert.Contains(await app.AuditAsync(), entry => entry.Name == "factor.added.v1" && entry.SubjectId == amina.Id);
        using var next = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor/email", next.Url);
    }

    [Theory, EachDatabase]
    public async Task Whoever_is_in_goes_on_until_the_session_ends(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.Emails);

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
        using var next = await app.SignInAsync(amina);
        Assert.Equal(EmailPage, next.Url);
    }

    [Theory, EachDatabase, Scenario("S1-05")]
    public async Task Users_choose_on_a_page_of_their_own(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app, OrganizationMethod.UsersChoose);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal((ChoicePage, "Choose how you confirm your sign-in"), (browser.Url, browser.Heading));

        await browser.ClickAsync("Submit");
        Assert.Contains("Choose one of the ways.", browser.Alert, StringComparison.Ordinal);
        browser.Fill("Emails We send a code to your work email address.", "yes");
        await browser.ClickAsync("Submit");

        Assert.Equal(EmailPage, browser.Url);
    }

    [Theory, EachDatabase, Scenario("S1-01", "N-12")]
    public async Task Where_the_clinic_wants_emails_something_stronger_may_be_set_up_instead(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app, OrganizationMethod.Emails);
        using var browser = await app.SignInAsync(amina);

        await browser.FollowAsync("Another way");
        Assert.Equal(ChoicePage, browser.Url);
        browser.Fill("Authenticator app An app on your phone shows a new code every 30 seconds. It works without a signal.", "yes");
        await browser.ClickAsync("Submit");

        Assert.Equal("/sign-in/second-factor-set-up/app", browser.Url);
    }

    [Theory, EachDatabase, Scenario("A-06", "A-14")]
    public async Task What_the_clinic_did_not_pick_cannot_be_set_up(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app, OrganizationMethod.Texts);
        using var browser = await app.SignInAsync(amina);

        await browser.OpenAsync(EmailPage);

        Assert.NotEqual(EmailPage, browser.Url);
        Assert.Equal(0, await app.ReadAsync(db => db.SentCodes.CountAsync(code => code.AccountId == amina.Id)));
    }

    [Theory, EachDatabase, Scenario("S0-06", "A-03")]
    public async Task A_wrong_code_sets_nothing_up_and_a_used_one_neither(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app, OrganizationMethod.Emails);
        using var browser = await app.SignInAsync(amina);
        await browser.ClickAsync("Send code");
        var code = await app.CodeSentToAsync(amina.Email);
        using var otherTab = browser.Copy(app);
        await otherTab.OpenAsync(EmailPage);

        await EnterAsync(browser, code == "000000" ? "000001" : "000000");
        Assert.Contains("MFA code not accepted. Request a new code.", browser.Alert, StringComparison.Ordinal);
        await EnterAsync(browser, code);
        await EnterAsync(otherTab, code);

        Assert.Equal(1, await app.ReadAsync(db => db.Factors.CountAsync(factor => factor.AccountId == amina.Id)));
    }

    private static async Task<TestPerson> AddPersonAsync(CardeaApp app, OrganizationMethod method)
    {
        var person = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(person.Organization, method);
        return person;
    }

    private static Task EnterAsync(PersonBrowser browser, string code)
    {
        browser.Fill("Enter Code", code);
        return browser.ClickAsync("Submit");
    }
}
