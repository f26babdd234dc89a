using Cardea.Data;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.Journey;
using Cardea.Tests.Recovery;
using Cardea.Tests.SignIn;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Passwords;

public sealed class FipsApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Cardea:Hashing:Algorithm", "Pbkdf2Sha512"), ("Cardea:PublicAddress", AppsWithLinks.PublicAddress)];
}

/// <summary>Where FIPS 140 is asked for: PBKDF2 with SHA-512 for all that is hashed slowly, and what was hashed before goes on working.</summary>
[Scenario("F-04", "N-06", "V11.4.2")]
public sealed class FipsHashingTests(FipsApps apps) : IClassFixture<FipsApps>
{
    private const string Pbkdf2 = "$pbkdf2-sha512$i=220000$", Argon2 = "$argon2id$v=19$m=19456,t=2,p=1$";

    /// <summary>From the temporary password to a reset one, with answers, an app, recovery codes and a mailed code on the way.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-03", "S2-07", "S2-08", "S1-12", "S2-36")]
    public async Task From_the_first_sign_in_to_a_forgotten_password_nothing_is_hashed_otherwise(Database database)
    {
        var app = await apps.OnAsync(database);
        var alma = await WalkingPerson.CreateAsync(app, "miic", await app.AddOrganizationAsync(), Roles.Administrator);

        using (var browser = await alma.OpenSignInAsync())
        {
            Assert.Equal("/sign-in/password", browser.Url);
            await alma.ChooseAsync(browser);
            Assert.Equal("/sign-in/email", browser.Url);
            var code = await EmailSteps.SendCodeAsync(app, browser);
            await ShouldAllBePbkdf2Async(app, alma.Id);
            await EmailSteps.EnterAsync(browser, code);
            Assert.Equal(
                ["/sign-in/security-questions", "/sign-in/second-factor-set-up/choose", "/sign-in/second-factor-set-up/app"], await alma.SettleAsync(browser));
        }

        using (var browser = await alma.OpenSignInAsync())
        {
            await browser.FollowAsync("Use a recovery code instead");
            browser.Fill("Recovery code", alma.RecoveryCodes[0]);
            await browser.ClickAsync("Login");
            Assert.Equal("/", browser.Url);
        }

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var email = await app.ReadAsync(db => db.Accounts.Where(a => a.Id == alma.Id).Select(a => a.Email).SingleAsync());
        await alma.ResetAsync(browser => browser.AnswerAsync(WalkingPerson.Answer), email);
        Assert.Equal(["/sign-in/second-factor"], await alma.SignInAndOutAsync());

        var hashes = await ShouldAllBePbkdf2Async(app, alma.Id);
        Assert.Equal(1 + 1 + 3 + 9, hashes.Count);   // password, former password, answers, codes
    }

    /// <summary>A code that was sent before the switch lives for ten minutes; recovery codes and answers for years.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-34", "S1-12")]
    public async Task Answers_and_codes_that_were_hashed_otherwise_still_open(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        await app.AddAuthenticatorAsync(amina);
        var code = RecoveryCodeRules.New(3, "ABCDEFGHJKMNPQR");
        await app.WriteAsync(db =>
        {
            db.Add(new RecoveryCodeHash { AccountId = amina.Id, Position = 3, CodeHash = TestHashes.Of(code.Text, cheaply: false), MadeAt = app.Clock.Now });
            return db.SaveChangesAsync();
        });
        Assert.All(
            await app.ReadAsync(db => db.SecurityAnswers.Where(a => a.AccountId == amina.Id).Select(a => a.AnswerHash).ToListAsync()),
            hash => Assert.StartsWith(Argon2, hash, StringComparison.Ordinal));

        using var reset = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        await reset.ChooseAsync(RecoverySteps.NewPassword);
        Assert.Equal("Password Updated", reset.Heading);
        using var browser = await app.SignInAsync(amina, RecoverySteps.NewPassword);
        await browser.FollowAsync("Use a recovery code instead");
        browser.Fill("Recovery code", RecoveryCodeRules.Shown(code));
        await browser.ClickAsync("Login");

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S2-13")]
    public async Task A_former_password_is_recognized_whatever_it_was_hashed_with(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.WriteAsync(db =>
        {
            db.Add(new FormerPassword { Id = app.Clock.NewId(), AccountId = amina.Id, Hash = TestHashes.Of("Quiet#Lantern01", cheaply: false), ReplacedAt = app.Clock.Now });
            return db.SaveChangesAsync();
        });
        using var browser = await app.SignInAsync(amina);

        await ChangeAsync(amina.Password, "Quiet#Lantern02");
        Assert.Equal("Password Updated", browser.Heading);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var former in (string[])["Quiet#Lantern01", amina.Password])
        {
            await ChangeAsync("Quiet#Lantern02", former);
            Assert.Contains("You have used this password before.", browser.Alert, StringComparison.Ordinal);
        }

        async Task ChangeAsync(string current, string next)
        {
            await browser.OpenAsync("/account/password");
            browser.Fill("Current Password", current);
            await browser.ChooseAsync(next);
        }
    }

    [Theory, EachDatabase]
    [Scenario("S0-05", "A-01", "F-05")]
    public async Task Whatever_is_wrong_costs_one_hash(Database database)
    {
        var app = await apps.OnAsync(database);
        Assert.StartsWith(Pbkdf2, app.Services.GetRequiredService<PasswordHashes>().Nobody, StringComparison.Ordinal);
        foreach (var wrong in await WrongCredentials.AllAsync(app))
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/sign-in");
            using var hashes = new CountedHashes(app);

            await browser.SignInAsync(wrong.OrganizationCode, wrong.Username, wrong.Password);

            Assert.Equal((wrong.Case, "Invalid credentials", 1), (wrong.Case, browser.Alert, hashes.Count));
        }
    }

    /// <summary>All of a person's that was hashed slowly.</summary>
    private static async Task<List<string>> ShouldAllBePbkdf2Async(CardeaApp app, Guid accountId)
    {
        var hashes = await app.ReadAsync(async db => (List<string>)
        [
            .. await db.Accounts.Where(a => a.Id == accountId).Select(a => a.PasswordHash!).ToListAsync(),
            .. await db.FormerPasswords.Where(p => p.AccountId == accountId).Select(p => p.Hash).ToListAsync(),
            .. await db.SecurityAnswers.Where(a => a.AccountId == accountId).Select(a => a.AnswerHash).ToListAsync(),
            .. await db.EmailChanges.Where(c => c.AccountId == accountId).Select(c => c.CodeHash).ToListAsync(),
            .. await db.SentCodes.Where(c => c.AccountId == accountId).Select(c => c.CodeHash).ToListAsync(),
            .. await db.RecoveryCodes.Where(c => c.AccountId == accountId).Select(c => c.CodeHash).ToListAsync(),
        ]);
        Assert.All(hashes, hash => Assert.StartsWith(Pbkdf2, hash, StringComparison.Ordinal));
        return hashes;
    }
}
