using System.Net;
using Cardea.Features.Sessions;

namespace Cardea.Tests.Sessions;

[Scenario("X-02", "V7.4.1", "V7.4.4", "F-08")]
public sealed class SignOutTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task A_kept_copy_of_the_cookie_is_worth_nothing_afterwards(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        using var thief = browser.Copy(app);

        await browser.ClickAsync("Sign out");
        await thief.OpenAsync("/account");

        Assert.Equal("/sign-in?returnUrl=%2Faccount&ended=true", thief.Url);
        var session = await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id));
        Assert.Equal((app.Clock.GetUtcNow(), SessionEnd.SignedOut), (session.EndedAt, session.EndedBecause));
        Assert.Contains(await app.AuditAsync(), entry => (entry.Name, entry.SubjectId, entry.Reason) == ("session.ended.v1", amina.Id, "SignedOut"));
    }

    [Theory, EachDatabase]
    public async Task Next_person_is_one_click_and_nothing_of_the_former_one_is_left(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);

        await browser.ClickAsync("Sign out, next person");

        Assert.Equal(("/sign-in", HttpStatusCode.OK), (browser.Url, browser.Status));
        Assert.DoesNotContain(amina.Username, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(TestPerson.GivenName, browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(amina.Organization.Code, browser.Html, StringComparison.Ordinal);
        Assert.Null(browser.Cookies["cardea-session"]);

        await browser.OpenAsync("/");   // the back button: nothing was stored, so it asks the server
        Assert.Equal("/sign-in", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("V14.3.1")]
    public async Task The_answer_tells_the_browser_to_forget_and_takes_the_cookie_back(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        browser.FollowsRedirects = false;

        await browser.ClickAsync("Sign out");

        Assert.Equal("\"cache\", \"storage\"", browser.Header("Clear-Site-Data"));
        Assert.Contains(browser.SetCookies, cookie => cookie.StartsWith("__Host-cardea-session=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
    }

    /// <summary>A link in a mail, an image, a prefetch: none of them signs anybody out (V3.5.3).</summary>
    [Theory, EachDatabase]
    [Scenario("V3.5.3", "A-09")]
    public async Task Only_a_button_signs_out(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        await browser.OpenAsync("/sign-out");
        Assert.Equal("/", browser.Url);

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
    }

    /// <summary>The page was opened in an earlier session, and whoever presses the button there walks away.</summary>
    [Theory, EachDatabase, Scenario("X-02")]
    public async Task A_button_on_an_older_page_signs_out_as_well(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        var older = browser.FormOf("Sign out");
        await browser.ClickAsync("Sign out");
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(await app.AddPersonAsync());

        await browser.SubmitAsync(older);

        Assert.Equal("/sign-in?signedOut=true", browser.Url);
        await browser.OpenAsync("/account");
        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("A-09")]
    public async Task Without_a_browsers_word_that_it_is_ours_a_stale_button_signs_nobody_out(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        var form = browser.FormOf("Sign out");
        form["__RequestVerificationToken"] = "stale";

        await browser.SendAsync(form.ToRequest());

        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);
    }

    [Theory, EachDatabase]
    public async Task Signing_out_twice_is_as_good_as_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Sign out");

        await browser.SubmitAsync(form);
        await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
        Assert.Single(await app.AuditAsync(), entry => entry.Name == "session.ended.v1" && entry.SubjectId == amina.Id);
    }
}
