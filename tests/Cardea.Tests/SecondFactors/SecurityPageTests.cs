using System.Net;
using Cardea.Features.SecondFactors;
using Cardea.Rules.SecondFactors;

namespace Cardea.Tests.SecondFactors;

public sealed class AppAndEmailApps : CardeaApps
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Cardea:SecondFactors:Allowed", "Authenticator, Email")];
}

/// <summary>What people do with their own factors: see, add, remove; after they have shown once more that it is them.</summary>
[Scenario("S2-10", "V6.3.7")]
public sealed class SecurityPageTests(AppAndEmailApps apps) : IClassFixture<AppAndEmailApps>
{
    private const string Page = "/account/security";

    [Theory, EachDatabase, Scenario("N-15", "V7.5.1")]
    public async Task Who_signed_in_a_while_ago_confirms_by_the_strongest_factor_first(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await SignInAsync(app, amina, phone);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await browser.OpenAsync(Page);
        Assert.Equal(Page, browser.Url);
        await browser.FollowAsync("Make new codes");
        Assert.Equal("/account/confirm?returnUrl=%2Faccount%2Fsecurity%2Frecovery-codes", browser.Url);
        Assert.DoesNotContain("Get a code by email", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync("/account/confirm/email");
        Assert.Equal("/account/confirm", browser.Url);   // nothing less than the app will do

        await browser.OpenAsync("/account/confirm?returnUrl=%2Faccount%2Fsecurity%2Frecovery-codes");
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal(("/account/security/recovery-codes", "Your recovery codes"), (browser.Url, browser.Heading));
    }

    [Theory]
    [EachDatabase("/account/security/recovery-codes")]
    [EachDatabase("/account/security/remove")]
    [EachDatabase("/account/security/rename")]
    [EachDatabase("/account/security/add")]
    [EachDatabase("/account/security/add/app")]
    [EachDatabase("/account/security/add/email")]
    [EachDatabase("/account/security/add/choose")]
    [EachDatabase("/admin/second-factor")]
    [EachDatabase("/admin/second-factor/reset")]
    [Scenario("A-06", "N-15")]
    public async Task Nothing_delicate_is_done_without_it(Database database, string path)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        using var browser = await SignInAsync(app, amina, phone);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await browser.OpenAsync(path);
        Assert.StartsWith("/account/confirm?", browser.Url, StringComparison.Ordinal);
        browser.FollowsRedirects = false;
        using var form = new FormUrlEncodedContent([]);
        await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });

        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        Assert.StartsWith("/account/confirm?", browser.Header("Location"), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Who_has_no_factor_signs_in_once_more(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.OpenAsync(Page);

        await browser.FollowAsync("Add a way");
        Assert.Contains("For this change, sign in once more", browser.Text, StringComparison.Ordinal);
        await browser.SignInAsync(amina);

        Assert.StartsWith("/account/security/add/choose", browser.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("N-15")]
    public async Task Who_took_too_long_over_a_form_comes_back_to_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.AddFactorAsync(amina, FactorKinds.Email);
        using var browser = await app.SignInAsync(amina);
        var page = $"{Page}/rename?factor={(await app.FactorOfAsync(amina)).Id}";
        await browser.OpenAsync(page);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        browser.Fill("Name (optional)", "mine");
        await browser.ClickAsync("Save");
        Assert.Contains("For this change, sign in once more", browser.Text, StringComparison.Ordinal);

        await browser.SignInAsync(amina);

        Assert.Equal((page, null), (browser.Url, (await app.FactorOfAsync(amina)).Name));
        Assert.Equal("mine", browser.Field("Name (optional)").GetAttribute("value"));
    }

    [Theory, EachDatabase, Scenario("S0-10", "S1-12")]
    public async Task A_person_of_whom_nothing_is_asked_adds_an_app_and_is_asked_from_then_on(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account");
        await browser.FollowAsync("Security");
        Assert.Contains("None yet.", browser.Text, StringComparison.Ordinal);

        await browser.OpenAsync("/account/security/add/app?returnUrl=%2Faccount%2Fsecurity");
        var phone = new TestAuthenticator(browser.Document.QuerySelector("main li .code")!.TextContent.Replace(" ", "", StringComparison.Ordinal), app.Clock);
        await browser.EnterCodeAsync(phone.Code(), "Submit");
        await browser.FollowAsync("I have saved them: continue");

        Assert.Equal(Page, browser.Url);
        Assert.Contains("Recovery codes that still work: 10.", browser.Text, StringComparison.Ordinal);
        using var next = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor", next.Url);
    }

    [Theory, EachDatabase]
    public async Task The_last_one_that_is_needed_stays_whatever_is_sent(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.UsersChoose);
        using var browser = await SignInAsync(app, amina, phone);
        await browser.OpenAsync(Page);
        Assert.Contains("Your organization requires one", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/remove", browser.Html, StringComparison.Ordinal);

        await browser.OpenAsync($"{Page}/remove?factor={(await app.FactorOfAsync(amina)).Id}");
        await browser.ClickAsync("Remove");

        Assert.Null((await app.FactorOfAsync(amina)).RemovedAt);
    }

    [Theory, EachDatabase, Scenario("N-17", "V6.5.6")]
    public async Task A_removed_factor_lets_nobody_in_and_stays_on_record(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        using var browser = await SignInAsync(app, amina, phone);
        await browser.OpenAsync(Page);

        await browser.OpenAsync($"{Page}/remove?factor={(await app.FactorOfAsync(amina)).Id}");
        await browser.ClickAsync("Remove");

        var factor = await app.FactorOfAsync(amina);
        Assert.Equal((FactorEnd.ByOwner, null), (factor.RemovedBecause, factor.ProtectedKey));
        Assert.Single(await app.ReadAsync(db => db.OutboxMessages.Where(m => m.AccountId == amina.Id && m.Kind == "factor-removed").ToListAsync()));
        using var next = await app.SignInAsync(amina);
        Assert.Equal("/", next.Url);
    }

    [Theory, EachDatabase, Scenario("A-12", "V8.2.1")]
    public async Task Nobody_removes_the_factor_of_somebody_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, _) = await AddPersonAsync(app);
        var (ben, phone) = await AddPersonAsync(app);
        using var browser = await SignInAsync(app, ben, phone);
        var hers = await app.FactorOfAsync(amina);

        await browser.OpenAsync($"{Page}/remove?factor={hers.Id}");
        Assert.Equal(Page, browser.Url);
        await browser.OpenAsync($"{Page}/remove?factor={(await app.FactorOfAsync(ben)).Id}");
        var form = browser.FormOf("Remove");
        form.Target = new Uri(form.Target, $"{Page}/remove?factor={hers.Id}");
        await browser.SubmitAsync(form);

        Assert.Null((await app.FactorOfAsync(amina)).RemovedAt);
    }

    [Theory, EachDatabase, Scenario("S1-12", "N-11")]
    public async Task New_recovery_codes_end_the_old_ones_and_two_left_are_a_warning(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        using var browser = await SignInAsync(app, amina, phone);
        await browser.OpenAsync($"{Page}/recovery-codes");
        await browser.ClickAsync("Make new codes");
        var before = await app.ReadAsync(db => db.RecoveryCodes.Where(code => code.AccountId == amina.Id).Select(code => code.CodeHash).ToListAsync());
        Assert.Equal(10, before.Count);
        await app.WriteAsync(db => db.RecoveryCodes.Where(code => code.AccountId == amina.Id && code.Position > 1).ExecuteDeleteAsync());
        await browser.OpenAsync(Page);
        Assert.Contains("Recovery codes that still work: 2. Make new ones before you need them.", browser.Text, StringComparison.Ordinal);

        await browser.FollowAsync("Make new codes");
        await browser.ClickAsync("Make new codes");

        Assert.Equal(10, browser.Document.QuerySelectorAll(".recovery-codes li").Length);
        Assert.Empty(before.Intersect(await app.ReadAsync(db => db.RecoveryCodes.Where(code => code.AccountId == amina.Id).Select(code => code.CodeHash).ToListAsync())));
        Assert.Equal(2, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id && m.Kind == "recovery-codes-replaced")));
    }

    [Theory, EachDatabase, Scenario("S1-08")]
    public async Task A_remembered_device_is_listed_and_can_be_forgotten(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, phone) = await AddPersonAsync(app);
        await app.AskForSecondFactorAsync(amina.Organization, OrganizationMethod.UsersChoose, rememberDays: 3);
        using var browser = await app.SignInAsync(amina);
        browser.Fill("Do not ask again on this device for 3 days Not on a device that others use, too.", "yes");
        await browser.EnterCodeAsync(phone.Code());
        await browser.OpenAsync(Page);
        Assert.Contains(browser.UserAgent, browser.Text, StringComparison.Ordinal);

        await browser.ClickAsync("Forget this device");

        Assert.DoesNotContain("Remembered devices", browser.Text, StringComparison.Ordinal);
        browser.Cookies.CloseBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor", browser.Url);
    }

    private static async Task<(TestPerson Person, TestAuthenticator Phone)> AddPersonAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync();
        return (person, await app.AddAuthenticatorAsync(person));
    }

    private static async Task<PersonBrowser> SignInAsync(CardeaApp app, TestPerson person, TestAuthenticator phone)
    {
        var browser = await app.SignInAsync(person);
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal("/", browser.Url);
        return browser;
    }
}
