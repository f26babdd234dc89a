using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Recovery;

namespace Cardea.Tests.SecondFactors;

public sealed class SoonBlockedApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Cardea:SignIn:HardStopAfter", "10"), ("Cardea:Sessions:Idle", "01:00:00")];
}

/// <summary>A returning person with an authenticator app.</summary>
[Scenario("S0-09")]
public sealed class AuthenticatorSignInTests(SoonBlockedApps apps) : IClassFixture<SoonBlockedApps>
{
    private const string Page = "/sign-in/second-factor";
    private const string Blocked = "This way is blocked after very many wrong codes";
    private const string NotAccepted = "MFA code not accepted. Wait for the next code and try again.";

    [Theory, EachDatabase, Scenario("S2-14")]
    public async Task The_code_is_asked_after_the_password_and_leads_to_the_dashboard(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);

        using var browser = await app.SignInAsync(amina);
        Assert.Equal((Page, "Confirm that it is you"), (browser.Url, browser.Heading));
        Assert.Equal(("one-time-code", "numeric"), (browser.Field("MFA Code").GetAttribute("autocomplete"), browser.Field("MFA Code").GetAttribute("inputmode")));
        await browser.EnterCodeAsync(phone.Code());

        Assert.Equal(("/", "My Dashboard"), (browser.Url, browser.Heading));
        var session = await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id));
        Assert.Equal(("pwd otp mfa", app.Clock.GetUtcNow()), (session.AuthenticationMethods, session.SecondFactorAt));
        Assert.Single(await app.AuditAsync(), e => e.Name == "second_factor.proven.v1" && e.SubjectId == amina.Id);
        Assert.Equal(app.Clock.GetUtcNow(), (await app.FactorOfAsync(amina)).LastUsedAt);
    }

    [Theory, EachDatabase, Scenario("A-06", "V6.3.4")]
    public async Task Nothing_else_is_reachable_until_then(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);

        foreach (var page in (string[])["/", "/account", "/sign-in/password", "/sign-in/second-factor-set-up"])
        {
            await browser.OpenAsync(page);
            Assert.StartsWith(Page, browser.Url, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase, Scenario("S0-01")]
    public async Task Afterwards_one_is_where_one_wanted_to_go(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/account");
        await browser.SignInAsync(amina);

        await browser.EnterCodeAsync(phone.WrongCode());
        await browser.EnterCodeAsync(phone.Code());

        Assert.Equal("/account", browser.Url);
    }

    [Theory]
    [EachDatabase("", "Enter the code that your app shows.")]
    [EachDatabase("12345", "The code has six digits.")]
    [EachDatabase("1234567", "The code has six digits.")]
    [EachDatabase("12345a", "The code has six digits.")]
    public async Task What_cannot_be_a_code_is_told_so_and_counts_nothing(Database database, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);

        await browser.EnterCodeAsync(typed);

        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.FactorTries.CountAsync(t => t.AccountId == amina.Id)));
    }

    [Theory, EachDatabase]
    public async Task However_the_six_digits_are_written_they_are_read(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);

        var code = phone.Code();
        await browser.EnterCodeAsync($" {string.Concat(code[..3].Select(digit => (char)(digit - '0' + '０')))} {code[3..]} ");   // full-width digits, too

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("S0-06")]
    public async Task A_wrong_code_says_what_to_do_and_is_not_sent_back(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);

        await browser.EnterCodeAsync(phone.WrongCode());

        Assert.Contains(NotAccepted, browser.Alert, StringComparison.Ordinal);
        Assert.Equal("", browser.Field("MFA Code").GetAttribute("value") ?? "");
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal("/", browser.Url);
        Assert.Equal(0, await app.ReadAsync(db => db.FactorTries.CountAsync(t => t.AccountId == amina.Id)));
    }

    [Theory, EachDatabase, Scenario("S0-06", "A-03", "V6.5.1", "F-02")]
    public async Task A_used_code_is_refused_and_the_next_one_is_right(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        var code = phone.Code();
        using var first = await app.SignInAsync(amina);
        await first.EnterCodeAsync(code);

        using var second = await app.SignInAsync(amina);
        await second.EnterCodeAsync(code);
        Assert.Contains(NotAccepted, second.Alert, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await second.EnterCodeAsync(phone.Code());
        Assert.Equal("/", second.Url);
        using var third = await app.SignInAsync(amina);
        await third.EnterCodeAsync(code);   // one step back, but before the last one used
        Assert.Contains(NotAccepted, third.Alert, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase(-30, true)]
    [EachDatabase(-60, false)]
    [EachDatabase(30, false)]
    [Scenario("S0-10", "V6.5.5")]
    public async Task One_step_back_is_allowed_and_no_more(Database database, int secondsAhead, bool accepted)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);

        await browser.EnterCodeAsync(phone.Code(TimeSpan.FromSeconds(secondsAhead)));

        Assert.Equal(accepted ? "/" : Page, browser.Url);
    }

    [Theory]
    [EachDatabase(5, "about 5 minutes fast")]
    [EachDatabase(-10, "about 10 minutes slow")]
    [EachDatabase(1, "about 1 minute fast")]
    [Scenario("S0-11", "V6.5.8")]
    public async Task A_phone_with_a_wrong_clock_is_told_and_still_refused(Database database, int minutesAhead, string hint)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);

        await browser.EnterCodeAsync(phone.Code(TimeSpan.FromMinutes(minutesAhead)));

        Assert.Contains($"Your phone's clock seems {hint}. Set its time to automatic.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(Page, browser.Url);
    }

    [Theory, EachDatabase, Scenario("S0-07", "V6.3.1")]
    public async Task Five_wrong_codes_lock_for_three_minutes_also_for_the_right_one(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        for (var failure = 0; failure < 5; failure++)
        {
            await browser.EnterCodeAsync(phone.WrongCode());
        }

        await browser.EnterCodeAsync(phone.Code());
        Assert.Contains("Too many codes that were not right. Wait 3 minutes or contact your administrator.", browser.Alert, StringComparison.Ordinal);
        using var elsewhere = await app.SignInAsync(amina, clientAddress: "198.51.100.9");   // signing in once more is no way around
        await elsewhere.EnterCodeAsync(phone.Code());
        Assert.Contains("Wait 3 minutes", elsewhere.Alert, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("N-07")]
    public async Task A_right_password_clears_no_wrong_codes_and_the_hundredth_in_a_row_blocks_the_app(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        for (var failure = 1; failure <= 10; failure++)
        {
            using var browser = await app.SignInAsync(amina);
            await browser.EnterCodeAsync(phone.WrongCode());
            Assert.Contains(failure < 10 ? NotAccepted : Blocked, browser.Alert, StringComparison.Ordinal);
            app.Clock.Advance(TimeSpan.FromMinutes(30));
        }

        var factor = await app.FactorOfAsync(amina);
        Assert.Equal((null, null), (factor.RemovedAt, factor.ProtectedKey));
        Assert.NotNull(factor.BlockedAt);
        Assert.Single(await app.AuditAsync(), e => e.Name == "factor.blocked.v1" && e.SubjectId == amina.Id);
        Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.AccountId == amina.Id && m.Kind == "factor-blocked").ToListAsync()));

        using var guesser = await app.SignInAsync(amina);   // the password alone leads to no new app
        await guesser.EnterCodeAsync(phone.Code());
        Assert.Equal((Page, true), (guesser.Url, guesser.Alert!.Contains(Blocked, StringComparison.Ordinal)));
    }

    [Theory, EachDatabase, Scenario("A-05", "V7.2.4")]
    public async Task The_cookie_of_before_the_code_is_worth_nothing_after_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        using var thief = browser.Copy(app);

        await browser.EnterCodeAsync(phone.Code());

        await thief.OpenAsync("/account");
        Assert.StartsWith("/sign-in?", thief.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("F-06")]
    public async Task A_key_is_encrypted_for_its_account(Database database)
    {
        var app = await apps.OnAsync(database);
        TestPerson amina = await app.AddPersonAsync(), ben = await app.AddPersonAsync();
        await app.AddAuthenticatorAsync(amina);
        var keys = app.Services.GetRequiredService<AuthenticatorKeys>();
        var stored = (await app.FactorOfAsync(amina)).ProtectedKey!;

        Assert.Equal(32, keys.TextOf(stored, amina.Id).Length);   // 160 bits
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => keys.TextOf(stored, ben.Id));
    }
}
