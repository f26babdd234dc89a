using Cardea.Features.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.SignIn;

/// <summary>What people type to say who they are, in each preset, and what is asked of them next, with accounts made as an administrator makes them.</summary>
public sealed class PresetTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string ChoicePage = "/sign-in/second-factor-set-up/choose", AppPage = "/sign-in/second-factor-set-up/app";

    private static int _created;

    [Theory]
    [EachDatabase("miic")]
    [EachDatabase("clinical-portal")]
    [EachDatabase("clinic")]
    [EachDatabase("nist")]
    [Scenario("S0-03", "S1-10", "S2-04")]
    public async Task A_person_signs_in_with_what_the_preset_asks_for(Database database, string preset)
    {
        var app = await apps.OnAsync(database, preset);
        var amina = await CreateAsync(app, preset);
        Assert.Equal(preset is "miic" or "clinical-portal" ? amina.Username : amina.Email, amina.SignInName);

        using var browser = await SignInAsync(app, amina, amina.SignInName);

        Assert.Equal("/sign-in/password", browser.Url);
        var found = await app.RunAsync<AccountFinder, FoundAccount?>(
            finder => finder.FindAsync(Audience.Staff, amina.Organization.Code, amina.SignInName, TestContext.Current.CancellationToken));
        Assert.Equal(new(amina.Id, amina.Organization.Id), found);   // as administrators mean them
    }

    [Theory]
    [EachDatabase("clinic")]
    [EachDatabase("nist")]
    [Scenario("S0-03", "S1-10", "S2-04")]
    public async Task Email_addresses_compare_without_case(Database database, string preset)
    {
        var app = await apps.OnAsync(database, preset);
        var amina = await CreateAsync(app, preset);

        using var browser = await SignInAsync(app, amina, amina.SignInName.ToUpperInvariant());

        Assert.Equal("/sign-in/password", browser.Url);
    }

    [Theory]
    [EachDatabase("clinical-portal", true)]
    [EachDatabase("clinical-portal", false)]
    [Scenario("S0-03", "S2-04")]
    public async Task A_username_is_exact_in_every_preset(Database database, string preset, bool inUpperCase)
    {
        var app = await apps.OnAsync(database, preset);
        var amina = await CreateAsync(app, preset);

        using var browser = await SignInAsync(app, amina, inUpperCase ? amina.SignInName.ToUpperInvariant() : $"{amina.SignInName} ");

        Assert.Equal("Invalid credentials", browser.Alert);
    }

    /// <summary>Nobody who manages people gets in with a password alone, and a mail is no second factor for them (N-09).</summary>
    [Theory]
    [EachDatabase("miic", Roles.Standard, "/")]
    [EachDatabase("miic", Roles.Administrator, ChoicePage, "Passkey", "Authenticator", "Text")]
    [EachDatabase("clinical-portal", Roles.Standard, "/")]
    [EachDatabase("clinical-portal", Roles.HelpDesk, AppPage)]
    [EachDatabase("clinic", Roles.Standard, "/")]
    [EachDatabase("clinic", Roles.Administrator, ChoicePage, "Passkey", "Authenticator", "Text")]
    [EachDatabase("nist", Roles.Standard, ChoicePage, "Passkey", "Authenticator", "Text")]
    [EachDatabase("nist", Roles.RegistryOperator, ChoicePage, "Passkey", "Authenticator", "Text")]
    [Scenario("X-04", "S1-10", "V6.3.3", "V6.3.6", "V6.4.2", "N-09", "N-12")]
    public async Task Who_needs_a_second_factor_sets_one_up_last(Database database, string preset, Roles roles, string last, params string[] offered)
    {
        var app = await apps.OnAsync(database, preset);
        var person = await CreateAsync(app, preset, roles);
        using var browser = await SignInAsync(app, person, person.SignInName);
        browser.Fill("New Password", TestPeople.OwnPassword);
        browser.Fill("Confirm New Password", TestPeople.OwnPassword);
        await browser.ClickAsync("Save");
        if (preset is "miic" or "nist")
        {
            await browser.ClickAsync("Yes, this is my work email");
        }

        if (preset is "miic")
        {
            await app.SettleAsync(new(person.Id, person.Organization, person.Username, TestPeople.OwnPassword, person.Email), "/sign-in/security-questions");
            await browser.OpenAsync("/");
        }

        Assert.Equal(last, browser.Url);
        Assert.Equal(offered, browser.Document.QuerySelectorAll("input[name='Input.Kind']").Select(way => way.GetAttribute("value")));
        if (last == "/")
        {
            return;
        }

        await browser.OpenAsync("/account");
        Assert.StartsWith(last, browser.Url, StringComparison.Ordinal);   // nothing else before it
        await browser.OpenAsync(AppPage);
        var phone = app.PhoneThatScanned(browser);
        await browser.EnterCodeAsync(phone.Code(), "Submit");
        await browser.FollowAsync("I have saved them: continue");
        Assert.Equal("/", browser.Url);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var next = await SignInAsync(app, person with { Password = TestPeople.OwnPassword }, person.SignInName);
        Assert.Equal("/sign-in/second-factor", next.Url);
        Assert.Null(next.Document.QuerySelector("input[name='Input.Remember']"));
        await next.EnterCodeAsync(phone.Code());
        Assert.Equal("/", next.Url);
    }

    private sealed record Created(Guid Id, TestOrganization Organization, string Preset, string SignInName, string Username, string Email, string Password);

    private static async Task<Created> CreateAsync(CardeaApp app, string preset, Roles roles = Roles.Standard)
    {
        var organization = await app.AddOrganizationAsync();
        var username = $"person{Interlocked.Increment(ref _created)}";
        var email = $"{username}.diallo@clinic.example";
        var created = Assert.IsType<CreateAccountOutcome.Created>(await app.RunAsync<CreateAccount, CreateAccountOutcome>(create => create.RunAsync(
            organization.Code, new(username, "Amina", "Diallo", email, roles), TestContext.Current.CancellationToken)));
        return new(created.AccountId, organization, preset, created.SignInName, username, email, created.TemporaryPassword);
    }

    private static async Task<PersonBrowser> SignInAsync(CardeaApp app, Created person, string typed)
    {
        var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        if (person.Preset is "miic")
        {
            browser.Fill("Organization Code", person.Organization.Code);
        }

        browser.Fill(person.Preset is "miic" or "clinical-portal" ? "Username" : "Email Address", typed);
        browser.Fill("Password", person.Password);
        await browser.ClickAsync("Login");
        return browser;
    }
}
