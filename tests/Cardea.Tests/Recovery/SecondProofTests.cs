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

    /// <summary>Five in a row lock for a while, and ten for good; what is missed here is none at the sign-in.</summary>
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
        for (var wrong = 5; wrong < 10; wrong++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(61));
            using var again = await OpenLinkAsync(app, linksBefore: wrong - 4);
            await again.AnswerAsync(phone.WrongCode());
            Assert.Contains("This code was not accepted.", again.Alert, StringComparison.Ordinal);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(61));
        using var late = await OpenLinkAsync(app, linksBefore: 6);
        await late.AnswerAsync(phone.Code());
        Assert.Contains("none is looked at here any more", late.Alert, StringComparison.Ordinal);
        using var owner = app.OpenBrowser();
        await owner.OpenAsync("/sign-in");
        await owner.SignInByEmailAsync(Mail, amina.Password);
        await owner.EnterCodeAsync(phone.Code());
        Assert.Equal("/", owner.Url);

        var account = await app.RunAsync((AccountFinder finder) => finder.FindAsync(Audience.Staff, amina.Organization.Code, Mail, CancellationToken.None));
        Assert.Equal(UnlockAccountOutcome.Unlocked, await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(account!, CancellationToken.None)));
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        using var unlocked = await OpenLinkAsync(app, linksBefore: 7);
        await unlocked.AnswerAsync(phone.Code());
        Assert.Equal("/forgot-password/new", unlocked.Url);
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

    private static async Task<PersonBrowser> OpenLinkAsync(CardeaApp app, int linksBefore = 0)
    {
        await AskAsync(app);
        var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.LinkSentToAsync(new(default, new(default, "", ""), "", "", Mail), linksBefore + 1));
        return browser;
    }
}
