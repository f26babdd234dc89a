namespace Cardea.Tests.Data;

/// <summary>The speed budget of the design: what is counted cannot creep up unseen.</summary>
public sealed class StatementCountTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task A_sign_in_takes_at_most_six_statements(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        (await app.SignInAsync(amina)).Dispose();   // what is read once and kept is there
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.FollowsRedirects = false;
        app.Statements.Clear();

        await browser.SignInAsync(amina);

        Assert.Equal("/", browser.Header("Location"));
        AtMost(6, app);
    }

    [Theory, EachDatabase]
    public async Task A_refusal_takes_at_most_six_statements_too(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        app.Statements.Clear();

        await browser.SignInAsync(amina, "Wrong#Password11");

        AtMost(6, app);
    }

    [Theory]
    [EachDatabase("/")]
    [EachDatabase("/account")]
    [EachDatabase("/help")]
    public async Task A_signed_in_page_takes_at_most_three(Database database, string path)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        app.Clock.Advance(TimeSpan.FromSeconds(2));   // long enough to note that the person was here
        app.Statements.Clear();

        await browser.OpenAsync(path);

        Assert.Equal(path, browser.Url);
        AtMost(3, app);
    }

    [Theory]
    [EachDatabase("/sign-in")]
    [EachDatabase("/css/cardea.css")]
    [EachDatabase("/health/live")]
    public async Task A_stranger_costs_the_database_nothing(Database database, string path)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        app.Statements.Clear();

        await browser.OpenAsync(path);

        AtMost(0, app);
    }

    private static void AtMost(int statements, CardeaApp app) =>
        Assert.True(app.Statements.Texts.Count <= statements, $"{app.Statements.Texts.Count} statements:\n{string.Join("\n\n", app.Statements.Texts)}");
}
