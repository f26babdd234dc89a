using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Cardea.Features.Recovery;
using Cardea.Tests.SecondFactors;

namespace Cardea.Tests.SignIn;

public sealed class SoonStoppedPasskeyApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Cardea:PublicAddress", "https://localhost"), ("Cardea:SignIn:HardStopAfter", "10")];
}

/// <summary>Signing in by a passkey, without name and password.</summary>
[Scenario("A-25", "F-10", "A-12", "N-12")]
public sealed class PasskeyAloneTests(SoonStoppedPasskeyApps apps) : IClassFixture<SoonStoppedPasskeyApps>
{
    private const string NotAccepted = "Passkey not accepted. Try again, or sign in with your password.";

    private static readonly (string, string) Address = ("Cardea:PublicAddress", "https://localhost");

    [Theory, EachDatabase]
    public async Task It_begins_a_session_in_which_both_factors_are_proven(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in?returnUrl=%2Faccount");
        Assert.Equal("username webauthn", browser.Field("Username").GetAttribute("autocomplete"));

        var asked = await AskAsync(app, browser);
        Assert.Equal(("localhost", "required"), (asked.Options["rpId"]!.GetValue<string>(), asked.Options["userVerification"]!.GetValue<string>()));
        Assert.Empty(asked.Options["allowCredentials"]!.AsArray());
        await asked.SendAsync(passkey.Get(asked.Options.ToJsonString()));

        Assert.Equal("/account", browser.Url);
        var session = await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id));
        Assert.Equal(("hwk user mfa", app.Clock.GetUtcNow()), (session.AuthenticationMethods, session.SecondFactorAt));
        Assert.NotNull(session.CompletedAt);
        Assert.Contains("sign_in.succeeded.v1", (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id).Select(entry => entry.Name));
        Assert.Contains(browser.SetCookies, cookie => cookie.StartsWith("__Host-cardea-device=", StringComparison.Ordinal));
    }

    /// <summary>Nobody types the code of an organization then.</summary>
    [Theory, EachDatabase]
    public async Task Whoever_works_for_several_organizations_says_for_which_one(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var further = await app.AddOrganizationAsync();
        await app.GiveAccessAsync(amina, further);
        using var passkey = await app.AddPasskeyAsync(amina);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in?returnUrl=%2Faccount");
        var asked = await AskAsync(app, browser);
        await asked.SendAsync(passkey.Get(asked.Options.ToJsonString()));
        Assert.Equal("/sign-in/organization?returnUrl=%2Faccount", browser.Url);

        await browser.ChooseAsync(further);

        Assert.Equal(("/account", further.Code), (browser.Url, (await app.WorksForAsync(browser)).Code));
    }

    [Theory, EachDatabase]
    public async Task What_is_due_is_due(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina);
        await app.PublishAgreementsAsync();
        using var browser = await OpenAsync(app);

        var asked = await AskAsync(app, browser);
        await asked.SendAsync(passkey.Get(asked.Options.ToJsonString()));

        Assert.Equal("/sign-in/agreement", browser.Url);
        await browser.OpenAsync("/account");
        Assert.StartsWith("/sign-in/agreement", browser.Url, StringComparison.Ordinal);
    }

    /// <summary>It is not what was typed, but it still opens the account.</summary>
    [Theory, EachDatabase, Scenario("N-04", "X-03")]
    public async Task A_password_that_somebody_else_may_know_is_replaced_first(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.PasswordCompromisedAt = app.Clock.GetUtcNow());
        using var passkey = await app.AddPasskeyAsync(amina);
        using var browser = await OpenAsync(app);

        var asked = await AskAsync(app, browser);
        await asked.SendAsync(passkey.Get(asked.Options.ToJsonString()));

        Assert.Equal("/sign-in/password", browser.Url);
    }

    [Theory, EachDatabase, Scenario("S0-08")]
    public async Task What_a_stranger_has_locked_does_not_hold_it_up(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var passkey = await app.AddPasskeyAsync(amina);
        for (var failure = 0; failure < 10; failure++)
        {
            using var stranger = await app.SignInAsync(amina, "Wrong#Password1", $"198.51.100.{failure + 1}");
        }

        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/sign-in", browser.Url);
        await browser.OpenAsync("/sign-in");
        var asked = await AskAsync(app, browser);
        await asked.SendAsync(passkey.Get(asked.Options.ToJsonString()));

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("S0-05")]
    public async Task Whatever_is_wrong_one_answer_is_given(Database database)
    {
        var app = await apps.OnAsync(database);
        var begun = app.BeginAnew();
        var sessions = await app.ReadAsync(db => db.Sessions.CountAsync());
        var (amina, bruno, disabled, late) = (
            await app.AddPersonAsync(), await app.AddPersonAsync(), await app.AddPersonAsync(), await app.AddPersonAsync(PersonKind.New));
        var (inactive, locked) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var passkey = await app.AddPasskeyAsync(amina);
        using var brunos = await app.AddPasskeyAsync(bruno);
        using var ofDisabled = await app.AddPasskeyAsync(disabled);
        using var ofLate = await app.AddPasskeyAsync(late);
        using var ofInactive = await app.AddPasskeyAsync(inactive);
        using var ofLocked = await app.AddPasskeyAsync(locked);
        using var patients = await app.AddPasskeyAsync(await app.AddPatientAsync());
        using var unknown = new TestPasskey { UserHandle = passkey.UserHandle };
        using var nobodys = new TestPasskey { UserHandle = "nobody" };
        await app.ChangeAsync(disabled, account => account.DisabledAt = app.Clock.GetUtcNow());
        await app.ChangeAsync(inactive, account => account.InactivatedAt = app.Clock.GetUtcNow());
        await app.WriteAsync(db =>
        {
            db.Add(new AnswerTry { AccountId = locked.Id, Wrong = 3, Answered = 0 });
            return db.SaveChangesAsync();
        });
        await app.ChangeAsync(late, account => account.PasswordSetAt = app.Clock.GetUtcNow().AddDays(-4));
        (Func<string, string> Answer, string Reason)[] wrongs =
        [
            (asked => passkey.Get(asked, answer => answer.Flags &= 0xFF ^ PasskeyAnswer.Verified), "WrongPasskey"),
            (asked => passkey.Get(asked, answer => answer.Origin = "https://evil.example"), "WrongPasskey"),
            (asked => passkey.Get(asked, answer => answer.CrossOrigin = true), "WrongPasskey"),
            (asked => passkey.Get(asked, answer => answer.Party = "evil.example"), "WrongPasskey"),
            (asked => passkey.Get(asked, answer => answer.Tampered = 20), "WrongPasskey"),
            (asked => passkey.Get(asked, answer => answer.UserHandle = null), "WrongPasskey"),
            (asked => passkey.Get(asked, answer => answer.UserHandle = brunos.UserHandle), "WrongPasskey"),
            (asked => unknown.Get(asked), "WrongPasskey"),
            (asked => nobodys.Get(asked), "WrongPasskey"),
            (_ => "", "WrongPasskey"),
            (asked => ofDisabled.Get(asked), "Disabled"),
            (asked => ofLate.Get(asked), "TemporaryPasswordTooOld"),
            (asked => ofInactive.Get(asked), "Inactive"),   // S2-19
            (asked => ofLocked.Get(asked), "HardLocked"),   // S2-34
            (asked => patients.Get(asked), "PasskeyNotAllowed"),   // S1-09
            (asked => passkey.Get(asked, answer => answer.Count = 1), "PasskeyCountFell"),
        ];
        using var browser = await OpenAsync(app);

        foreach (var (answer, _) in wrongs)
        {
            var asked = await AskAsync(app, browser);
            await asked.SendAsync(answer(asked.Options.ToJsonString()));
            ShouldBeRefused(browser);
        }

        Assert.Equal(
            wrongs.Select(wrong => wrong.Reason).Order(),
            (await app.AuditAsync()).Where(entry => entry.At >= begun && entry.Name == "sign_in.refused.v1").Select(entry => entry.Reason!).Order());
        Assert.Equal(sessions, await app.ReadAsync(db => db.Sessions.CountAsync()));
        Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.AccountId == amina.Id && m.Kind == "passkey-count-fell").ToListAsync()));
    }

    [Theory, EachDatabase, Scenario("A-17")]
    public async Task A_challenge_is_for_one_browser_one_answer_and_five_minutes(Database database)
    {
        var app = await apps.OnAsync(database);
        using var passkey = await app.AddPasskeyAsync(await app.AddPersonAsync(), count: 0, mayBeCopied: true);
        using var browser = await OpenAsync(app);
        using var other = await OpenAsync(app);

        var asked = await AskAsync(app, other);
        await (await AskAsync(app, browser)).SendAsync(passkey.Get(asked.Options.ToJsonString()), asked.Challenge);
        ShouldBeRefused(browser);
        await (await AskAsync(app, browser)).SendAsync(passkey.Get(asked.Options.ToJsonString()));
        ShouldBeRefused(browser);
        await (await AskAsync(app, browser)).SendAsync("{}", "made up");
        ShouldBeRefused(browser);

        asked = await AskAsync(app, browser);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await asked.SendAsync(passkey.Get(asked.Options.ToJsonString()));
        ShouldBeRefused(browser);

        asked = await AskAsync(app, browser);
        app.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        var answer = passkey.Get(asked.Options.ToJsonString());
        using var copy = browser.Copy(app);
        await asked.SendAsync(answer);
        Assert.Equal("/", browser.Url);
        await copy.SubmitAsync(asked.FormWith(answer));
        ShouldBeRefused(copy);

        using var last = await OpenAsync(app);
        await (await AskAsync(app, last)).SendAsync("{}");
        Assert.Equal(2, await app.ReadAsync(db => db.SpentPasskeyChallenges.CountAsync()));
        app.Clock.Advance(TimeSpan.FromMinutes(6));   // what would be too old anyway is forgotten
        await (await AskAsync(app, last)).SendAsync("{}");
        Assert.Equal(1, await app.ReadAsync(db => db.SpentPasskeyChallenges.CountAsync()));
    }

    [Fact]
    public async Task Where_the_policy_wants_a_password_a_passkey_is_not_asked_for()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, [Address, ("Cardea:SecondFactors:PasskeySignsIn", "false")]);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");

        Assert.Equal("username", browser.Field("Username").GetAttribute("autocomplete"));
        Assert.Null(browser.Document.QuerySelector("form[data-passkey-sign-in]"));
        await browser.OpenAsync("/sign-in/passkey");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task Whose_organization_takes_no_passkey_needs_a_password()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite, [Address, ("Cardea:SecondFactors:Allowed", "Authenticator")]);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in/passkey");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    private static async Task<PersonBrowser> OpenAsync(CardeaApp app)
    {
        var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        return browser;
    }

    /// <summary>As the script of the sign-in page does, which is opened anew.</summary>
    private static async Task<Asked> AskAsync(CardeaApp app, PersonBrowser browser)
    {
        var form = (IHtmlFormElement)browser.Document.QuerySelector("form[data-passkey-sign-in]")!;
        var filled = PageForm.Of(form, (IHtmlElement)form.QuerySelector("button")!, new(app.Address, browser.Url));
        using var script = browser.Copy(app);
        await script.OpenAsync(form.GetAttribute("data-passkey-sign-in")!);
        var answer = JsonNode.Parse(script.Html)!;
        return new(browser, filled, answer["options"]!, answer["challenge"]!.GetValue<string>());
    }

    private static void ShouldBeRefused(PersonBrowser browser)
    {
        Assert.Equal("/sign-in?passkeyRefused=true", browser.Url);
        Assert.Contains(NotAccepted, browser.Text, StringComparison.Ordinal);
        Assert.Null(browser.Cookies["__Host-cardea-session"]);
    }

    private sealed record Asked(PersonBrowser Browser, PageForm Form, JsonNode Options, string Challenge)
    {
        public Task SendAsync(string credential, string? challenge = null) => Browser.SubmitAsync(FormWith(credential, challenge));

        public PageForm FormWith(string credential, string? challenge = null)
        {
            Form["Input.Credential"] = credential;
            Form["Input.Challenge"] = challenge ?? Challenge;
            return Form;
        }
    }
}
