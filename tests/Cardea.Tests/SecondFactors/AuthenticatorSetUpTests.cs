using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SecondFactors;

public sealed class AccountByAccountApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings =>
    [
        ("Cardea:SecondFactors:Scope", "ByAccount"), ("Cardea:SecondFactors:Allowed", "Authenticator"), ("Cardea:SecondFactors:AuthenticatorIssuer", "Prairie Registry"),
    ];
}

/// <summary>A person of whom a second factor is asked, account by account, and who has none yet.</summary>
[Scenario("S0-09", "S0-10")]
public sealed class AuthenticatorSetUpTests(AccountByAccountApps apps) : IClassFixture<AccountByAccountApps>
{
    private const string Page = "/sign-in/second-factor-set-up/app";

    [Theory, EachDatabase, Scenario("N-07", "S1-12")]
    public async Task Whose_app_was_blocked_sets_up_a_new_one_after_a_recovery_code(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        var codes = await SetUpAsync(app, amina);
        await app.WriteAsync(db => db.Factors.Where(f => f.AccountId == amina.Id).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.BlockedAt, app.Clock.GetUtcNow()).SetProperty(f => f.ProtectedKey, (byte[]?)null)));
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor", browser.Url);
        await browser.FollowAsync("Use a recovery code instead");
        browser.Fill("Recovery code", codes[0]);
        await browser.ClickAsync("Login");
        Assert.Equal(Page, browser.Url);
        await browser.EnterCodeAsync(app.PhoneThatScanned(browser).Code(), "Submit");

        Assert.Equal("/", browser.Url);
        var factors = await app.ReadAsync(db => db.Factors.AsNoTracking().Where(f => f.AccountId == amina.Id).OrderBy(f => f.AddedAt).ToListAsync());
        Assert.Equal([FactorEnd.Blocked, null], factors.Select(f => f.RemovedBecause));
        Assert.Equal(
            ["pwd otp mfa"], await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.AuthenticationMethods).Distinct().ToListAsync()));
    }

    [Theory, EachDatabase, Scenario("S1-12", "N-15", "V6.3.7", "S2-09")]
    public async Task It_is_set_up_last_and_leaves_ten_codes_for_bad_days(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal((Page, "Set up your authenticator app"), (browser.Url, browser.Heading));

        var phone = app.PhoneThatScanned(browser);
        await browser.EnterCodeAsync(phone.Code(), "Submit");

        Assert.Equal("Your recovery codes", browser.Heading);
        var shown = CodesOn(browser);
        Assert.Equal(10, shown.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 10), shown.Select(code => RecoveryCodeRules.Read(code)!.Position));
        await browser.FollowAsync("I have saved them: continue");
        Assert.Equal(("/", "My Dashboard"), (browser.Url, browser.Heading));

        var kept = await app.ReadAsync(db => db.RecoveryCodes.AsNoTracking().Where(code => code.AccountId == amina.Id).ToListAsync());
        Assert.All(kept, code => Assert.StartsWith("$argon2id$", code.CodeHash, StringComparison.Ordinal));
        Assert.Equal("pwd otp mfa", (await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id))).AuthenticationMethods);
        Assert.Equal(0, await app.ReadAsync(db => db.AuthenticatorSetUps.CountAsync(begun => begun.AccountId == amina.Id)));
        Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.AccountId == amina.Id && m.Kind == "factor-added").ToListAsync()));
        var names = (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id).Select(entry => entry.Name).ToList();
        Assert.Contains("factor.added.v1", names);
        Assert.Contains("recovery_codes.made.v1", names);
    }

    [Theory, EachDatabase]
    public async Task The_picture_and_the_key_name_the_registry_and_the_account(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);

        Assert.NotNull(browser.Document.QuerySelector(".qr[role=img][aria-label] svg path, .qr[role=img][aria-label] svg rect"));
        Assert.DoesNotContain("style=", browser.Document.QuerySelector(".qr")!.InnerHtml, StringComparison.OrdinalIgnoreCase);
        var person = await app.PersonOfAsync(browser);
        var offered = await app.RunAsync<BeginAuthenticator, OfferedKey>(begin => begin.RunAsync(person, TestContext.Current.CancellationToken));
        Assert.Equal(offered.Key, TestFactors.KeyOn(browser));
        var address = Uri.UnescapeDataString(offered.Address);
        Assert.StartsWith($"otpauth://totp/Prairie Registry:{amina.Username} @ {amina.Organization.Code}?secret={offered.Key}", address, StringComparison.Ordinal);
        Assert.Contains("issuer=Prairie Registry", address, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("S0-16")]
    public async Task A_refreshed_page_shows_the_same_key(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonAsync(app));
        var key = TestFactors.KeyOn(browser);

        await browser.RefreshAsync();
        Assert.Equal(key, TestFactors.KeyOn(browser));
        await browser.EnterCodeAsync(app.PhoneThatScanned(browser).WrongCode(), "Submit");
        Assert.Contains("MFA code not accepted. Wait for the next code and try again.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(key, TestFactors.KeyOn(browser));
    }

    [Theory, EachDatabase, Scenario("S0-11")]
    public async Task A_phone_with_a_wrong_clock_is_told_so_before_it_locks_anybody_out(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);

        await browser.EnterCodeAsync(app.PhoneThatScanned(browser).Code(TimeSpan.FromMinutes(7)), "Submit");

        Assert.Contains("Your phone's clock seems about 7 minutes fast.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.Factors.CountAsync(f => f.AccountId == amina.Id)));
    }

    [Theory, EachDatabase, Scenario("A-03")]
    public async Task The_code_of_the_set_up_signs_nobody_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        var phone = app.PhoneThatScanned(browser);
        var code = phone.Code();
        await browser.EnterCodeAsync(code, "Submit");

        using var next = await app.SignInAsync(amina);
        await next.EnterCodeAsync(code);

        Assert.StartsWith("MFA code not accepted", next.Field("MFA Code").ParentElement!.QuerySelector("[role=alert], .usa-error-message")!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Of_whom_nothing_is_asked_nothing_is_asked(Database database)
    {
        var app = await apps.OnAsync(database);

        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("S1-12", "N-11", "V6.5.1")]
    public async Task A_recovery_code_lets_in_once_and_the_owner_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        var codes = await SetUpAsync(app, amina);

        using var browser = await app.SignInAsync(amina);
        await browser.FollowAsync("Use a recovery code instead");
        browser.Fill("Recovery code", codes[4].ToLowerInvariant().Replace('-', ' '));
        await browser.ClickAsync("Login");

        Assert.Equal(("/", "My Dashboard"), (browser.Url, browser.Heading));
        Assert.Equal(   // where it was set up, and here
            ["pwd otp", "pwd otp mfa"], await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.AuthenticationMethods).Order().ToListAsync()));
        Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.AccountId == amina.Id && m.Kind == "recovery-code-used").ToListAsync()));
        Assert.Equal("""{"Left":9}""", (await app.AuditAsync()).Single(e => e.SubjectId == amina.Id && e.Name == "recovery_code.used.v1").Payload);

        using var again = await app.SignInAsync(amina);
        await again.FollowAsync("Use a recovery code instead");
        again.Fill("Recovery code", codes[4]);
        await again.ClickAsync("Login");
        Assert.Contains("Recovery code not accepted.", again.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("A-02", "F-06")]
    public async Task Guessing_recovery_codes_locks_them_and_nothing_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        var codes = await SetUpAsync(app, amina);
        using var browser = await app.SignInAsync(amina);
        await browser.FollowAsync("Use a recovery code instead");
        for (var failure = 0; failure < 5; failure++)
        {
            browser.Fill("Recovery code", $"{codes[failure][0]}AAA-BBBB-CCCC-DDDD");
            await browser.ClickAsync("Login");
        }

        browser.Fill("Recovery code", codes[0]);
        await browser.ClickAsync("Login");
        Assert.Contains("Wait 3 minutes", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(10, await app.ReadAsync(db => db.RecoveryCodes.CountAsync(code => code.AccountId == amina.Id)));
        Assert.Equal(
            [FactorTryWay.RecoveryCode], await app.ReadAsync(db => db.FactorTries.Where(t => t.AccountId == amina.Id).Select(t => t.Way).ToListAsync()));
    }

    [Theory, EachDatabase, Scenario("N-07", "V6.3.7")]
    public async Task Very_many_wrong_recovery_codes_end_all_of_them_and_the_owner_is_told(Database database)
    {
        await using var app = await CardeaApp.StartAsync(
            database, ("Cardea:SecondFactors:Scope", "ByAccount"), ("Cardea:SecondFactors:Allowed", "Authenticator"), ("Cardea:SignIn:HardStopAfter", "10"));
        var amina = await AddPersonAsync(app);
        var codes = await SetUpAsync(app, amina);
        for (var failure = 0; failure < 10; failure++)
        {
            using var browser = await app.SignInAsync(amina);
            await browser.FollowAsync("Use a recovery code instead");
            browser.Fill("Recovery code", $"{codes[failure][0]}AAA-BBBB-CCCC-DDDD");
            await browser.ClickAsync("Login");
            app.Clock.Advance(TimeSpan.FromMinutes(failure < 4 ? 0 : 30));
        }

        Assert.Equal(0, await app.ReadAsync(db => db.RecoveryCodes.CountAsync()));
        var mail = (await app.MailsToAsync(amina.Email, expected: 2)).Single(mail => mail.Subject == "Your recovery codes were blocked");
        Assert.Contains("They no longer work.", mail.TextBody, StringComparison.Ordinal);
    }

    private static Task<TestPerson> AddPersonAsync(CardeaApp app) => app.AddPersonAsync(change: account => account.SecondFactorRequired = true);

    private static async Task<List<string>> SetUpAsync(CardeaApp app, TestPerson person)
    {
        using var browser = await app.SignInAsync(person);
        await browser.EnterCodeAsync(app.PhoneThatScanned(browser).Code(), "Submit");
        return CodesOn(browser);
    }

    private static List<string> CodesOn(PersonBrowser browser) =>
        [.. browser.Document.QuerySelectorAll(".recovery-codes li").Select(item => item.TextContent.Trim())];
}
