using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.SecondFactors;

public sealed class PasskeyApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => TestPasskeys.Settings;
}

/// <summary>A person who is to set up a second factor, and may have a passkey.</summary>
[Scenario("A-25", "F-10", "N-12")]
public sealed class PasskeySetUpTests(PasskeyApps apps) : IClassFixture<PasskeyApps>
{
    private const string Page = "/sign-in/second-factor-set-up/passkey";
    private const string NotAccepted = "Passkey not accepted. Try again, or use another way.";

    [Theory, EachDatabase, Scenario("S1-12", "N-15", "V6.7.1")]
    public async Task It_is_bound_to_the_person_told_by_mail_and_leaves_ten_codes(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal((Page, "Set up a passkey"), (browser.Url, browser.Heading));
        using var passkey = new TestPasskey();

        browser.Fill("Name of this passkey (optional)", " my  phone ");
        await app.ShowPasskeyAsync(browser, passkey.Create(browser.PasskeyOptions));

        Assert.Equal("Your recovery codes", browser.Heading);
        await browser.FollowAsync("I have saved them: continue");
        Assert.Equal("/", browser.Url);
        var factor = await app.FactorOfAsync(amina);
        Assert.Equal((FactorKinds.Passkey, "my  phone", 2L), (factor.Kind, factor.Name, factor.SignCount));
        Assert.Equal(passkey.Id, factor.CredentialId);
        Assert.Equal(["pwd hwk user mfa"], await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.AuthenticationMethods).ToListAsync()));
        Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.AccountId == amina.Id && m.Kind == "factor-added").ToListAsync()));
        Assert.Contains("factor.added.v1", (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id).Select(entry => entry.Name));
        Assert.Equal(0, await app.ReadAsync(db => db.PasskeyChallenges.CountAsync(c => db.Sessions.Any(s => s.Id == c.SessionId && s.AccountId == amina.Id))));

        using var next = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor/passkey", next.Url);
        await app.ShowPasskeyAsync(next, passkey.Get(next.PasskeyOptions));
        Assert.Equal("/", next.Url);
    }

    [Theory, EachDatabase]
    public async Task The_terms_are_ours_and_the_address_is_the_public_one(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = app.OpenBrowser(address: "https://127.0.0.1");
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(amina);

        var asked = JsonNode.Parse(browser.PasskeyOptions)!;

        Assert.Equal("localhost", asked["rp"]!["id"]!.GetValue<string>());
        Assert.Equal("none", asked["attestation"]!.GetValue<string>());
        Assert.Equal("required", asked["authenticatorSelection"]!["userVerification"]!.GetValue<string>());
        Assert.Equal("required", asked["authenticatorSelection"]!["residentKey"]!.GetValue<string>());
        Assert.Equal([-257, -37, -36, -35, -7], asked["pubKeyCredParams"]!.AsArray().Select(p => p!["alg"]!.GetValue<int>()).Order());
        var handle = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(asked["user"]!["id"]!.GetValue<string>()));
        Assert.Equal(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.UserName).SingleAsync()), handle);
        Assert.DoesNotContain(amina.Email, browser.PasskeyOptions, StringComparison.Ordinal);
        Assert.DoesNotContain(amina.Id.ToString(), browser.PasskeyOptions, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Whatever_is_wrong_with_it_nothing_is_bound_and_one_answer_given(Database database)
    {
        var app = await apps.OnAsync(database);
        var begun = app.BeginAnew();
        var amina = await AddPersonAsync(app);
        using var known = await app.AddPasskeyAsync(await app.AddPersonAsync());
        using var browser = await app.SignInAsync(amina);
        Action<PasskeyAnswer>[] wrongs =
        [
            answer => answer.Flags &= 0xFF ^ PasskeyAnswer.Verified,
            answer => answer.Flags &= 0xFF ^ PasskeyAnswer.Present,
            answer => answer.Origin = "https://localhost.evil.example",
            answer => answer.Origin = "http://localhost",
            answer => answer.Origin = "https://localhost:8443",
            answer => answer.CrossOrigin = true,
            answer => answer.TopOrigin = "https://evil.example",
            answer => answer.Party = "evil.example",
            answer => answer.Challenge = Base64Url.EncodeToString(new byte[32]),
            answer => answer.Type = "webauthn.get",
            answer => answer.Key = TestPasskey.WeakKey(),
            answer => answer.AttestedId = new byte[32],
            answer => answer.Flags &= 0xFF ^ PasskeyAnswer.HasKey,
            answer => (answer.Id, answer.AttestedId) = (known.Id, known.Id),
        ];

        foreach (var wrong in wrongs)
        {
            using var passkey = new TestPasskey();
            await app.ShowPasskeyAsync(browser, passkey.Create(browser.PasskeyOptions, wrong));
            Assert.Equal((Page, NotAccepted), (browser.Url, Sentence(browser)));
        }

        foreach (var garbage in new[] { "", "{}", "null", "[1]", "no JSON", new string('[', 5_000) })
        {
            await app.ShowPasskeyAsync(browser, garbage);
            Assert.Equal((Page, NotAccepted), (browser.Url, Sentence(browser)));
        }

        Assert.Equal(0, await app.ReadAsync(db => db.Factors.CountAsync(f => f.AccountId == amina.Id)));
        var refused = (await app.AuditAsync()).Where(entry => entry.At >= begun && entry.Name == "second_factor.refused.v1").ToList();
        Assert.Equal(wrongs.Length + 6, refused.Count);
        Assert.All(refused, entry => Assert.Equal(("WrongPasskey", amina.Id), (entry.Reason, entry.SubjectId)));
    }

    [Theory, EachDatabase, Scenario("V6.7.2")]
    public async Task A_challenge_is_for_one_session_one_answer_and_five_minutes(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        using var other = await app.SignInAsync(amina);
        using var passkey = new TestPasskey();

        await app.ShowPasskeyAsync(browser, passkey.Create(other.PasskeyOptions));
        Assert.Equal(NotAccepted, Sentence(browser));

        var first = browser.PasskeyOptions;
        await app.ShowPasskeyAsync(browser, passkey.Create(first, answer => answer.Party = "evil.example"));
        await app.ShowPasskeyAsync(browser, passkey.Create(first));   // it was spent by the answer that was wrong
        Assert.Equal(NotAccepted, Sentence(browser));

        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.ShowPasskeyAsync(browser, passkey.Create(browser.PasskeyOptions));
        Assert.Equal(NotAccepted, Sentence(browser));

        var last = browser.PasskeyOptions;
        await browser.RefreshAsync();
        await app.ShowPasskeyAsync(browser, passkey.Create(last));   // only the newest counts
        Assert.Equal(NotAccepted, Sentence(browser));
        app.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await app.ShowPasskeyAsync(browser, passkey.Create(browser.PasskeyOptions));
        Assert.Equal("Your recovery codes", browser.Heading);
    }

    [Fact]
    public async Task Without_script_or_an_address_another_way_is_offered()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, ("Cardea:SecondFactors:Scope", "ByAccount"));
        using var browser = await app.SignInAsync(await AddPersonAsync(app));
        Assert.Equal("/sign-in/second-factor-set-up/choose", browser.Url);

        await browser.OpenAsync(Page);

        Assert.Equal("", browser.PasskeyOptions);
        Assert.Contains("Passkeys need JavaScript", browser.Document.QuerySelector("noscript")!.TextContent, StringComparison.Ordinal);
        await app.ShowPasskeyAsync(browser, "{}");
        Assert.Equal(NotAccepted, Sentence(browser));
        await browser.FollowAsync("Another way");
        Assert.Equal("/sign-in/second-factor-set-up/choose", browser.Url);
    }

    [Fact]
    public async Task Where_the_policy_has_no_passkey_there_is_no_page_for_it()
    {
        await using var app = await CardeaApp.StartAsync(
            Database.Sqlite, [.. TestPasskeys.Settings[..2], ("Cardea:SecondFactors:Allowed", "Authenticator")]);
        using var browser = await app.SignInAsync(await AddPersonAsync(app));

        await browser.OpenAsync(Page);

        Assert.Equal("/sign-in/second-factor-set-up/app", browser.Url);
    }

    private static Task<TestPerson> AddPersonAsync(CardeaApp app) => app.AddPersonAsync(change: account => account.SecondFactorRequired = true);

    private static string? Sentence(PersonBrowser browser) => browser.Document.QuerySelector("#error-summary li")?.TextContent.Trim();
}
