using System.Buffers.Text;
using System.Text.Json.Nodes;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Passkeys;

namespace Cardea.Tests.SecondFactors;

/// <summary>Another way than a passkey is open, too: else one that is blocked would say something else.</summary>
public sealed class PasskeyOrAppApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => [.. TestPasskeys.Settings[..2], ("Cardea:SecondFactors:Allowed", "Passkey, Authenticator")];
}

/// <summary>A person who has a passkey, after their password.</summary>
[Scenario("A-25", "F-10", "S0-09", "N-12")]
public sealed class PasskeySignInTests(PasskeyOrAppApps apps) : IClassFixture<PasskeyOrAppApps>
{
    private const string Page = "/sign-in/second-factor/passkey";
    private const string NotAccepted = "Passkey not accepted. Try again, or use another way.";

    [Theory, EachDatabase]
    public async Task It_lets_in_and_says_whether_the_key_may_be_copied(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, bruno) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var fixedKey = await app.AddPasskeyAsync(amina);
        using var synced = await app.AddPasskeyAsync(bruno, count: 0, mayBeCopied: true);

        foreach (var (person, passkey) in new[] { (amina, fixedKey), (bruno, synced), (bruno, synced) })
        {
            using var browser = await app.SignInAsync(person);
            Assert.Equal(Page, browser.Url);
            await app.ShowPasskeyAsync(browser, passkey.Get(browser.PasskeyOptions));
            Assert.Equal("/", browser.Url);
        }

        Guid[] both = [amina.Id, bruno.Id];
        Assert.Equal(
            ["pwd hwk user mfa", "pwd swk user mfa", "pwd swk user mfa"],
            await app.ReadAsync(db => db.Sessions.Where(s => both.Contains(s.AccountId)).Select(s => s.AuthenticationMethods).Order().ToListAsync()));
        Assert.Equal(app.Clock.GetUtcNow(), (await app.FactorOfAsync(amina)).LastUsedAt);
        Assert.Equal(3, (await app.AuditAsync()).Count(entry => both.Contains(entry.SubjectId!.Value) && entry.Name == "second_factor.proven.v1"));
    }

    [Theory, EachDatabase]
    public async Task Whatever_is_wrong_nobody_gets_in_and_one_answer_is_given(Database database)
    {
        var app = await apps.OnAsync(database);
        var begun = app.BeginAnew();
        var (amina, bruno) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var passkey = await app.AddPasskeyAsync(amina);
        using var brunos = await app.AddPasskeyAsync(bruno);
        using var forged = new TestPasskey { Id = passkey.Id, UserHandle = passkey.UserHandle };
        using var unknown = new TestPasskey { UserHandle = passkey.UserHandle };
        using var browser = await app.SignInAsync(amina);
        Func<string, string>[] wrongs =
        [
            asked => passkey.Get(asked, answer => answer.Flags &= 0xFF ^ PasskeyAnswer.Verified),
            asked => passkey.Get(asked, answer => answer.Flags &= 0xFF ^ PasskeyAnswer.Present),
            asked => passkey.Get(asked, answer => answer.Origin = "https://localhost.evil.example"),
            asked => passkey.Get(asked, answer => answer.Origin = "http://localhost"),
            asked => passkey.Get(asked, answer => answer.CrossOrigin = true),
            asked => passkey.Get(asked, answer => answer.TopOrigin = "https://evil.example"),
            asked => passkey.Get(asked, answer => answer.Party = "evil.example"),
            asked => passkey.Get(asked, answer => answer.Challenge = Base64Url.EncodeToString(new byte[32])),
            asked => passkey.Get(asked, answer => answer.Type = "webauthn.create"),
            asked => passkey.Get(asked, answer => answer.Tampered = 20),
            asked => passkey.Get(asked, answer => answer.UserHandle = brunos.UserHandle),
            asked => passkey.Get(asked, answer => answer.UserHandle = "\0"),
            asked => brunos.Get(asked),
            asked => brunos.Get(asked, answer => answer.UserHandle = passkey.UserHandle),
            asked => forged.Get(asked),
            asked => unknown.Get(asked),
            _ => "",
            _ => "null",
            _ => "{\"id\":1}",
        ];

        foreach (var wrong in wrongs)
        {
            await app.ShowPasskeyAsync(browser, wrong(browser.PasskeyOptions));
            Assert.Equal((Page, NotAccepted), (browser.Url, Sentence(browser)));
        }

        var refused = (await app.AuditAsync()).Where(entry => entry.At >= begun && entry.Name == "second_factor.refused.v1").ToList();
        Assert.Equal(wrongs.Length, refused.Count);
        Assert.All(refused, entry => Assert.Equal(("WrongPasskey", amina.Id), (entry.Reason, entry.SubjectId)));

        await app.ShowPasskeyAsync(browser, passkey.Get(browser.PasskeyOptions));
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    public async Task A_count_that_fell_is_refused_audited_and_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina, count: 5);
        using var browser = await app.SignInAsync(amina);

        foreach (var count in new uint[] { 4, 5, 0 })
        {
            await app.ShowPasskeyAsync(browser, passkey.Get(browser.PasskeyOptions, answer => answer.Count = count));
            Assert.Equal((Page, NotAccepted), (browser.Url, Sentence(browser)));
        }

        var audit = await app.AuditAsync();
        Assert.Equal(3, audit.Count(entry => entry.Name == "passkey.count_fell.v1" && entry.SubjectId == amina.Id));
        Assert.Equal(3, audit.Count(entry => entry is { Name: "second_factor.refused.v1", Reason: "PasskeyCountFell" } && entry.SubjectId == amina.Id));
        Assert.Equal(3, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id && m.Kind == "passkey-count-fell")));

        await app.ShowPasskeyAsync(browser, passkey.Get(browser.PasskeyOptions, answer => answer.Count = 6));
        Assert.Equal("/", browser.Url);
        Assert.Equal(6, (await app.FactorOfAsync(amina)).SignCount);
    }

    [Theory, EachDatabase, Scenario("V6.7.2")]
    public async Task An_answer_is_good_for_one_session_once_and_for_five_minutes(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina, count: 0, mayBeCopied: true);
        using var browser = await app.SignInAsync(amina);
        using var other = await app.SignInAsync(amina);

        await app.ShowPasskeyAsync(browser, passkey.Get(other.PasskeyOptions));
        Assert.Equal(NotAccepted, Sentence(browser));
        var used = passkey.Get(other.PasskeyOptions);
        await app.ShowPasskeyAsync(other, used);
        Assert.Equal("/", other.Url);
        await app.ShowPasskeyAsync(browser, used);
        Assert.Equal(NotAccepted, Sentence(browser));

        var first = browser.PasskeyOptions;
        await app.ShowPasskeyAsync(browser, passkey.Get(first, answer => answer.Tampered = 20));
        await app.ShowPasskeyAsync(browser, passkey.Get(first));
        Assert.Equal(NotAccepted, Sentence(browser));

        await browser.RefreshAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.ShowPasskeyAsync(browser, passkey.Get(browser.PasskeyOptions));
        Assert.Equal(NotAccepted, Sentence(browser));

        app.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await app.ShowPasskeyAsync(browser, passkey.Get(browser.PasskeyOptions));
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("A-03")]
    public async Task Of_many_who_send_one_answer_at_once_one_gets_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina, count: 0, mayBeCopied: true);
        using var browser = await app.SignInAsync(amina);
        var form = app.PasskeyFormOf(browser, passkey.Get(browser.PasskeyOptions));
        var copies = Enumerable.Range(0, 8).Select(_ => browser.Copy(app)).ToList();

        await Task.WhenAll(copies.Select(copy =>
        {
            copy.FollowsRedirects = false;
            return copy.SubmitAsync(form);
        }));

        Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "second_factor.proven.v1");
        copies.ForEach(copy => copy.Dispose());
    }

    [Theory, EachDatabase, Scenario("A-03")]
    public async Task A_challenge_is_handed_out_once_however_many_ask_at_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina);
        using var browser = await app.SignInAsync(amina);
        var person = await app.PersonOfAsync(browser);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(TakeAsync)));

        Assert.Single(taken, state => state is not null);
        Assert.Null(await TakeAsync());

        Task<string?> TakeAsync() => app.RunAsync<PasskeyChallenges, string?>(challenges => challenges.TakeAsync(person, PasskeyPurpose.Prove));
    }

    [Theory, EachDatabase]
    public async Task One_that_was_removed_or_blocked_is_none(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina);
        using var other = await app.AddPasskeyAsync(amina);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal(2, JsonNode.Parse(browser.PasskeyOptions)!["allowCredentials"]!.AsArray().Count);

        await app.WriteAsync(db => db.Factors.Where(f => f.CredentialId == passkey.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.RemovedAt, app.Clock.GetUtcNow()).SetProperty(f => f.RemovedBecause, FactorEnd.Blocked)));
        await app.ShowPasskeyAsync(browser, passkey.Get(browser.PasskeyOptions));
        Assert.Equal((Page, NotAccepted), (browser.Url, Sentence(browser)));
        Assert.Single(JsonNode.Parse(browser.PasskeyOptions)!["allowCredentials"]!.AsArray());

        await app.WriteAsync(db => db.Factors.Where(f => f.CredentialId == other.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.BlockedAt, app.Clock.GetUtcNow())));
        await app.ShowPasskeyAsync(browser, other.Get(browser.PasskeyOptions));
        Assert.StartsWith("This way is blocked", Sentence(browser), StringComparison.Ordinal);
        Assert.DoesNotContain("passkey.count_fell.v1", (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id).Select(entry => entry.Name));
    }

    private static string? Sentence(PersonBrowser browser) => browser.Document.QuerySelector("#error-summary li")?.TextContent.Trim();
}
