using System.Net;

namespace Cardea.Tests.MyAccount;

/// <summary>A person sees where they are signed in, and ends what they left open.</summary>
[Scenario("V7.5.2", "S2-10")]
public sealed class MySessionsTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/account/sessions";

    [Theory, EachDatabase]
    public async Task One_is_ended_by_itself_and_the_others_go_on(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var left = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        using var other = await app.SignInAsync(amina, clientAddress: "198.51.100.10");
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account");
        await browser.FollowAsync("Where you are signed in");
        Assert.Equal(3, Rows(browser).Count);
        Assert.StartsWith("This browser", Rows(browser)[0], StringComparison.Ordinal);
        Assert.Contains("from 198.51.100.9", browser.Text, StringComparison.Ordinal);

        var form = browser.FormOf("Sign out everywhere else");
        form.Add("session", (await SessionFromAsync(app, amina, "198.51.100.9")).ToString());
        await browser.SubmitAsync(form);

        Assert.Equal((HttpStatusCode.OK, $"{Page}?ended=true", 2), (browser.Status, browser.Url, Rows(browser).Count));
        Assert.Contains("Signed out there.", browser.Text, StringComparison.Ordinal);
        await left.OpenAsync("/account");
        Assert.StartsWith("/sign-in", left.Url, StringComparison.Ordinal);
        await other.OpenAsync("/account");
        Assert.Equal("/account", other.Url);
    }

    [Theory, EachDatabase]
    public async Task All_others_end_at_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var left = await app.SignInAsync(amina);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);

        await browser.ClickAsync("Sign out everywhere else");

        Assert.Contains("You are signed in nowhere else.", browser.Text, StringComparison.Ordinal);
        await left.OpenAsync("/account");
        Assert.StartsWith("/sign-in", left.Url, StringComparison.Ordinal);
        Assert.Contains(await app.AuditAsync(), entry => entry.Name == "session.others_ended.v1" && entry.SubjectId == amina.Id);
    }

    /// <summary>Ids are no secrets, and swapping them is the first thing that is tried.</summary>
    [Theory, EachDatabase]
    [Scenario("A-15")]
    public async Task Nobody_ends_the_session_of_somebody_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var bens = await app.SignInAsync(ben, clientAddress: "198.51.100.11");
        using var left = await app.SignInAsync(amina);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var form = browser.FormOf("Sign out everywhere else");

        form.Add("session", (await SessionFromAsync(app, ben, "198.51.100.11")).ToString());
        await browser.SubmitAsync(form);

        await bens.OpenAsync("/account");
        Assert.Equal("/account", bens.Url);
        await left.OpenAsync("/account");
        Assert.Equal("/account", left.Url);
    }

    [Theory, EachDatabase]
    public async Task Who_did_not_sign_in_just_now_confirms_first(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await browser.OpenAsync(Page);

        Assert.Contains("For this change, sign in once more", browser.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task What_has_ended_is_not_shown(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var idle = await app.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        using var browser = await app.SignInAsync(amina);

        await browser.OpenAsync(Page);

        Assert.Single(Rows(browser));
    }

    private static List<string> Rows(PersonBrowser browser) =>
        [.. browser.Document.QuerySelectorAll(".holdings li").Select(row => row.TextContent.Trim())];

    private static Task<Guid> SessionFromAsync(CardeaApp app, TestPerson person, string address) =>
        app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == person.Id && s.Address == address).Select(s => s.Id).SingleAsync());
}
