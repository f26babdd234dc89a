using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;
using static Cardea.Tests.Recovery.RecoverySteps;

namespace Cardea.Tests.Recovery;

/// <summary>Where NIST is followed, the link alone resets nothing, and no question stands in for a proof.</summary>
[Scenario("N-16", "K-04")]
public sealed class SecondProofTests
{
    private const string Mail = "amina@clinic.example";

    [Theory, EachDatabase]
    [Scenario("S2-33")]
    public async Task A_code_of_the_app_is_asked_for_beside_the_link(Database database)
    {
        await using var app = await StartAsync(database);
        var amina = await AddAsync(app);
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await OpenLinkAsync(app);
        Assert.Equal("Reset your password", browser.Heading);
        Assert.Contains("60 minutes", (await app.MailsToAsync(Mail, expected: 1))[0].TextBody, StringComparison.Ordinal);
        await browser.AnswerAsync("what is this");
        Assert.Contains("This is no code.", browser.Alert, StringComparison.Ordinal);
        await browser.AnswerAsync(phone.WrongCode());
        Assert.Contains("This code was not accepted.", browser.Alert, StringComparison.Ordinal);

        await browser.AnswerAsync(phone.Code());

        Assert.Equal("/forgot-password/new", browser.Url);
        await browser.ChooseAsync("quiet lanterns over the lake");
        Assert.Equal("Password Updated", browser.Heading);
        await browser.FollowAsync("Go to Home Page");
        await browser.SignInByEmailAsync(Mail, "quiet lanterns over the lake");
        await browser.EnterCodeAsync(phone.Code());   // used already
        Assert.StartsWith("/sign-in/second-factor", browser.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S1-12")]
    public async Task Or_a_recovery_code_which_is_spent_by_it(Database database)
    {
        await using var app = await StartAsync(database);
        var amina = await AddAsync(app);
        await app.AddAuthenticatorAsync(amina);
        var code = RecoveryCodeRules.New(3, "ABCDEFGHJKMNPQR");
        await app.WriteAsync(db =>
        {
            db.Add(new RecoveryCodeHash
            {
                AccountId = amina.Id,
                Position = 3,
                CodeHash = TestHashes.Of(code.Text, app.HashesCheaply),
                MadeAt = app.Clock.Now,
            });
            return db.SaveChangesAsync();
        });
        using var browser = await OpenLinkAsync(app);

        await browser.AnswerAsync(RecoveryCodeRules.Shown(code));

        Assert.Equal("/forgot-password/new", browser.Url);
        Assert.Equal(0, await app.ReadAsync(db => db.RecoveryCodes.CountAsync(kept => kept.AccountId == amina.Id)));
        Assert.Contains(await app.AuditAsync(), entry => entry.Name == "recovery_code.used.v1");
    }

    /// <summary>Counted together with those of the sign-in: five in a row lock, whichever door they are tried at.</summary>
    [Theory, EachDatabase]
    [Scenario("A-02", "A-12", "N-07")]
    public async Task Codes_cannot_be_guessed_here_either(Database database)
    {
        await using var app = await StartAsync(database);
        var amina = await AddAsync(app);
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await OpenLinkAsync(app);
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await browser.AnswerAsync(phone.WrongCode());
        }

        await browser.AnswerAsync(phone.Code());

        Assert.Contains("Too many codes were not accepted. Nothing was changed. Wait 3 minutes and try again.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(5, await app.ReadAsync(db => db.FactorTries.Where(t => t.AccountId == amina.Id && t.Way == FactorTryWay.Authenticator).Select(t => t.Failures).SingleAsync()));
    }

    [Theory, EachDatabase]
    [Scenario("S2-35")]
    public async Task Whoever_has_neither_is_told_by_mail(Database database)
    {
        await using var app = await StartAsync(database);
        await AddAsync(app);

        await AskAsync(app);

        Assert.Contains("neither an authenticator app nor recovery codes", (await app.MailsToAsync(Mail, expected: 1))[0].TextBody, StringComparison.Ordinal);
    }

    private static Task<CardeaApp> StartAsync(Database database) =>
        CardeaApp.StartAsync(database, ("Cardea:Policy", "nist"), ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));

    /// <summary>Somebody who has been in.</summary>
    private static async Task<TestPerson> AddAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync(username: "amina");
        await app.WriteAsync(async db =>
        {
            await db.SignInNames.Where(name => name.AccountId == person.Id).ExecuteDeleteAsync();
            db.Add(new SignInName
            {
                Id = app.Clock.NewId(),
                Scope = SignInName.AllEmailAddresses,
                Name = Mail,
                Skeleton = Mail,
                AccountId = person.Id,
            });
            await db.SaveChangesAsync();
            await db.AccountActivity.Where(a => a.AccountId == person.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInCompletedAt, app.Clock.Now));
        });
        return person;
    }

    private static async Task AskAsync(CardeaApp app)
    {
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        browser.Fill("Email Address", Mail);
        await browser.ClickAsync("Submit");
        Assert.Equal("Check your email", browser.Heading);
        await app.WorkOffRequestsAsync();
    }

    private static async Task<PersonBrowser> OpenLinkAsync(CardeaApp app)
    {
        await AskAsync(app);
        var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.LinkSentToAsync(new(default, new(default, "", ""), "", "", Mail)));
        return browser;
    }
}
