namespace Cardea.Tests.Sessions;

/// <summary>Whatever an attacker plants before, or copies on the way, is worth nothing later (Keycloak CVE-2024-7341, CVE-2023-6787).</summary>
[Scenario("A-05", "V7.2.4")]
public sealed class FixationTests(CardeaApps apps)
{
    private const string Session = "cardea-session";

    [Theory, EachDatabase]
    public async Task A_planted_session_cookie_does_not_become_the_persons_session(Database database)
    {
        var app = await apps.OnAsync(database);
        using var mallory = await app.SignInAsync(await app.AddPersonAsync());
        using var victim = app.OpenBrowser();
        victim.Cookies.Put("__Host-cardea-session", mallory.Cookies[Session]!);
        var amina = await app.AddPersonAsync();

        await victim.OpenAsync("/help");
        await victim.ClickAsync("Sign out");
        await victim.OpenAsync("/sign-in");
        await victim.SignInAsync(amina);

        Assert.NotEqual(mallory.Cookies[Session], victim.Cookies[Session]);
        await mallory.OpenAsync("/");
        Assert.StartsWith("/sign-in", mallory.Url, StringComparison.Ordinal);
    }

    /// <summary>At every gain of strength the secret is renewed: after the password was replaced, and when the journey is complete.</summary>
    [Theory, EachDatabase]
    public async Task A_copy_from_the_middle_of_the_journey_dies_with_each_step_that_matters(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        using var early = browser.Copy(app);

        browser.Fill("New Password", "Quiet#Lantern88");
        browser.Fill("Confirm New Password", "Quiet#Lantern88");
        await browser.ClickAsync("Save");
        using var middle = browser.Copy(app);
        await app.SettleAsync(amina);
        await browser.OpenAsync("/");
        await browser.RefreshAsync();   // the new secret has arrived: LostAnswerTests are about what holds until then

        Assert.Equal(3, new[] { early, middle, browser }.Select(one => one.Cookies[Session]).Distinct().Count());
        Assert.Equal("/", browser.Url);
        foreach (var copy in (PersonBrowser[])[early, middle])
        {
            await copy.OpenAsync("/");
            Assert.StartsWith("/sign-in", copy.Url, StringComparison.Ordinal);
        }
    }

    /// <summary>Signing in as somebody else in the same browser ends what was there before.</summary>
    [Theory, EachDatabase]
    public async Task A_new_sign_in_replaces_the_session_of_this_browser(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        using var secondTab = browser.Copy(app);
        await secondTab.OpenAsync("/sign-in");
        var form = secondTab.FormOf("Login");
        var ben = await app.AddPersonAsync();
        form["Input.OrganizationCode"] = ben.Organization.Code;
        form["Input.Username"] = ben.Username;
        form["Input.Password"] = ben.Password;
        await browser.SignInAsync(await app.AddPersonAsync());
        using var former = browser.Copy(app);

        await browser.SubmitAsync(form);

        Assert.Equal("/", browser.Url);
        Assert.Contains(ben.Organization.Code, browser.Text, StringComparison.Ordinal);
        await former.OpenAsync("/");
        Assert.StartsWith("/sign-in", former.Url, StringComparison.Ordinal);
    }
}
