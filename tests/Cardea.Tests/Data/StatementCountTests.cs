using System.Text.RegularExpressions;
using Cardea.Rules.Permissions;

namespace Cardea.Tests.Data;

/// <summary>The speed budget of docs/a-request-end-to-end.md: what is counted cannot creep up unseen.</summary>
public sealed partial class StatementCountTests(CardeaApps apps) : IClassFixture<CardeaApps>
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
    public async Task So_does_that_of_a_patient_and_their_home_at_most_three(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var paula = await app.AddPatientAsync();
        (await app.SignInPatientAsync(paula)).Dispose();   // what is read once and kept is there
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/patient/sign-in");
        browser.FollowsRedirects = false;
        app.Statements.Clear();

        await browser.SignInByEmailAsync(paula.Email, paula.Password);

        Assert.Equal("/patient", browser.Header("Location"));
        AtMost(6, app);

        app.Clock.Advance(TimeSpan.FromSeconds(2));   // long enough to note that the person was here
        app.Statements.Clear();
        await browser.OpenAsync("/patient");
        Assert.Equal(200, (int)browser.Status);
        AtMost(3, app);
    }

    [Theory, EachDatabase]
    public async Task A_refusal_takes_at_most_three(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        app.Statements.Clear();

        await browser.SignInAsync(amina, "Wrong#Password11");

        Assert.Equal("Invalid credentials", browser.Alert);
        AtMost(3, app);
    }

    [Theory]
    [EachDatabase("/")]
    [EachDatabase("/account")]
    [EachDatabase("/announcements")]
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

    [Theory, EachDatabase]
    public async Task My_dashboard_takes_at_most_three_also_where_it_names_whom_to_ask_and_tells_something_new(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.AddAnnouncementAsync("Something new");
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: Roles.ViewOnly));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        app.Statements.Clear();

        await browser.OpenAsync("/");

        Assert.Contains("Something new", browser.Text, StringComparison.Ordinal);
        AtMost(3, app);
    }

    /// <summary>The desk that is asked for names all day.</summary>
    [Theory]
    [EachDatabase("/admin/people")]
    [EachDatabase("/admin/people?search=diallo")]
    [EachDatabase("/admin/people?filter=NoSecondFactor&order=Newest")]
    public async Task So_does_the_list_of_people(Database database, string address)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(roles: Roles.HelpDesk));
        await browser.OpenAsync(address);   // whose cookie is the new one from here on
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        app.Statements.Clear();

        await browser.OpenAsync(address);

        Assert.Equal(200, (int)browser.Status);
        AtMost(address.Contains("search", StringComparison.Ordinal) ? 4 : 3, app);   // whoever was found is read in a statement of its own
    }

    [Theory, EachDatabase]
    public async Task A_new_password_takes_at_most_eleven(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync(PersonKind.New));
        browser.Fill("New Password", TestPeople.OwnPassword);
        browser.Fill("Confirm New Password", TestPeople.OwnPassword);
        browser.FollowsRedirects = false;
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        app.Statements.Clear();

        await browser.ClickAsync("Save");

        Assert.Equal("/", browser.Header("Location"));
        AtMost(11, app);
    }

    [Theory]
    [EachDatabase("/sign-in")]
    [EachDatabase("/patient/sign-in")]
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

    private static void AtMost(int most, CardeaApp app)
    {
        var statements = app.Statements.TextsOfRequests;
        Assert.Equal(most == 0, statements.Count == 0);   // none where some are due: nothing was counted
        Assert.True(statements.Count <= most, $"{statements.Count} statements:\n{string.Join("\n\n", statements)}");
        Assert.All(statements, JoinsNoTableTwice);
    }

    /// <summary>PostgreSQL weighs every order of the joins against every other: three tables too many made a page take twenty times as long.</summary>
    private static void JoinsNoTableTwice(string statement) =>
        Assert.Distinct(Joined().Matches(statement).Select(match => match.Groups["table"].Value));

    [GeneratedRegex(@"JOIN ""(?<table>\w+)""")]
    private static partial Regex Joined();
}
