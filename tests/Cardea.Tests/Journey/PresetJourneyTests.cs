using Cardea.Features.Lifecycle;
using Cardea.Features.Passwords;
using Cardea.Rules.Permissions;
using Cardea.Tests.Lifecycle;
using Cardea.Tests.Recovery;

namespace Cardea.Tests.Journey;

/// <summary>
/// The life of an account in each preset, on the pages, from the temporary password through more than a year of work: what is asked, in this
/// order, and nothing else.
/// </summary>
[Scenario("S2-09", "S2-14", "S2-15")]
public sealed class PresetJourneyTests
{
    private const string
        Password = "/sign-in/password", Agreement = "/sign-in/agreement", AdministratorAgreement = "/sign-in/administrator-agreement",
        Email = "/sign-in/email", Questions = "/sign-in/security-questions", Factor = "/sign-in/second-factor",
        Choose = "/sign-in/second-factor-set-up/choose", App = "/sign-in/second-factor-set-up/app";

    /// <summary>Everything that the guides ask for, and no second factor but for those who manage people.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-16", "S2-17", "S2-18", "S2-34", "X-04", "K-03")]
    public async Task Miic(Database database)
    {
        await using var app = await StartAsync(database, "miic");
        var (alma, amina) = await AddPeopleAsync(app, "miic");

        Assert.Equal([Password, Agreement, AdministratorAgreement, Email, Questions, Choose, App], await alma.SignInAndOutAsync());
        Assert.Equal([Password, Agreement, Email, Questions], await amina.SignInAndOutAsync());
        GoOn(app);
        Assert.Equal([Factor], await alma.SignInAndOutAsync());
        Assert.Empty(await amina.SignInAndOutAsync());

        await amina.ResetAsync(browser => browser.AnswerAsync(WalkingPerson.Answer));
        Assert.Empty(await amina.SignInAndOutAsync());

        Assert.Equal(
            [On(60, Password), On(120, Password), On(180, Password), On(240, Password), On(300, Password), On(360, Password), On(390, Agreement, Email)],
            await WorkThroughAYearAsync(app, amina));
        Assert.Equal(6, await NoticesAsync(app, amina, NoticeKind.PasswordExpires));
        await StayAwayAsync(app);
        Assert.Equal(1, await NoticesAsync(app, amina, NoticeKind.BecomesInactive));
        await ShouldBeInactiveAsync(amina);
    }

    /// <summary>A password, for good.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-09", "X-04")]
    public async Task Clinical_portal(Database database)
    {
        await using var app = await StartAsync(database, "clinical-portal");
        var (alma, amina) = await AddPeopleAsync(app, "clinical-portal");

        Assert.Equal([Password, App], await alma.SignInAndOutAsync());
        Assert.Equal([Password], await amina.SignInAndOutAsync());
        GoOn(app);
        Assert.Equal([Factor], await alma.SignInAndOutAsync());
        Assert.Empty(await amina.SignInAndOutAsync());

        await amina.ResetAsync(browser => browser.ClickAsync("Continue"));
        Assert.Empty(await amina.SignInAndOutAsync());

        Assert.Empty(await WorkThroughAYearAsync(app, amina));
        await StayAwayAsync(app);
        Assert.Equal(0, await NoticesAsync(app, amina, NoticeKind.PasswordExpires));
        Assert.Equal(0, await NoticesAsync(app, amina, NoticeKind.BecomesInactive));
        Assert.Empty(await amina.SignInAndOutAsync());
    }

    /// <summary>Passwords that expire, and nothing else.</summary>
    [Theory, EachDatabase]
    [Scenario("S1-10", "S2-16", "S2-17", "X-04")]
    public async Task Clinic(Database database)
    {
        await using var app = await StartAsync(database, "clinic");
        var (alma, amina) = await AddPeopleAsync(app, "clinic");

        Assert.Equal([Password, Choose, App], await alma.SignInAndOutAsync());
        Assert.Equal([Password], await amina.SignInAndOutAsync());
        GoOn(app);
        Assert.Equal([Factor], await alma.SignInAndOutAsync());
        Assert.Empty(await amina.SignInAndOutAsync());

        await amina.ResetAsync(browser => browser.ClickAsync("Continue"));
        Assert.Empty(await amina.SignInAndOutAsync());

        Assert.Equal([On(90, Password), On(180, Password), On(270, Password), On(360, Password)], await WorkThroughAYearAsync(app, amina));
        Assert.Equal(4, await NoticesAsync(app, amina, NoticeKind.PasswordExpires));
        await StayAwayAsync(app);
        Assert.Equal(0, await NoticesAsync(app, amina, NoticeKind.BecomesInactive));
        Assert.Equal([Password], await amina.SignInAndOutAsync());
    }

    /// <summary>Two factors for everybody, every time; a new password only when somebody else may know it.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-18", "X-03", "X-04", "N-04", "N-16", "K-03", "K-04")]
    public async Task Nist(Database database)
    {
        await using var app = await StartAsync(database, "nist");
        var (alma, amina) = await AddPeopleAsync(app, "nist");

        Assert.Equal([Password, Agreement, AdministratorAgreement, Email, Choose, App], await alma.SignInAndOutAsync());
        Assert.Equal([Password, Agreement, Email, Choose, App], await amina.SignInAndOutAsync());
        GoOn(app);
        Assert.Equal([Factor], await alma.SignInAndOutAsync());
        Assert.Equal([Factor], await amina.SignInAndOutAsync());

        GoOn(app);
        await amina.ResetAsync(browser => browser.AnswerAsync(amina.Phone!.Code()));
        GoOn(app);
        Assert.Equal([Factor], await amina.SignInAndOutAsync());

        Assert.Equal(
            [.. Enumerable.Range(1, 12).Select(month => On(month * 30, Factor)), On(390, Factor, Agreement, Email)], await WorkThroughAYearAsync(app, amina));
        Assert.Equal(0, await NoticesAsync(app, amina, NoticeKind.PasswordExpires));

        await app.RunAsync((FlagCompromisedPassword flag) => flag.RunAsync(
            new(amina.Id, amina.AsTestPerson.Organization.Id), "On a list of leaks", TestContext.Current.CancellationToken));
        GoOn(app);
        Assert.Equal([Factor, Password], await amina.SignInAndOutAsync());

        await StayAwayAsync(app);
        Assert.Equal(1, await NoticesAsync(app, amina, NoticeKind.BecomesInactive));
        await ShouldBeInactiveAsync(amina);
    }

    /// <summary>Agreements are published everywhere: only policies say where they are asked.</summary>
    private static async Task<CardeaApp> StartAsync(Database database, string preset)
    {
        var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", preset), ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        await app.PublishAgreementsAsync();
        return app;
    }

    private static async Task<(WalkingPerson Administrator, WalkingPerson AtWork)> AddPeopleAsync(CardeaApp app, string preset)
    {
        var clinic = await app.AddOrganizationAsync();
        return (
            await WalkingPerson.CreateAsync(app, preset, clinic, Roles.Administrator), await WalkingPerson.CreateAsync(app, preset, clinic, Roles.Standard));
    }

    /// <summary>To the next code of a phone.</summary>
    private static void GoOn(CardeaApp app) => app.Clock.Advance(TimeSpan.FromSeconds(30));

    /// <summary>A sign-in every thirty days, more than a year long.</summary>
    /// <returns>What was asked, each as <see cref="On"/>; without the times when nothing was.</returns>
    private static async Task<IReadOnlyList<string>> WorkThroughAYearAsync(CardeaApp app, WalkingPerson person)
    {
        var asked = new List<string>();
        for (var day = 30; day <= 400; day += 30)
        {
            await LiveThroughAsync(app, 30);
            if (await person.SignInAndOutAsync() is { Count: > 0 } steps)
            {
                asked.Add(On(day, [.. steps]));
            }
        }

        return asked;
    }

    private static string On(int day, params string[] steps) => $"day {day}: {string.Join(", ", steps)}";

    private static Task StayAwayAsync(CardeaApp app) => LiveThroughAsync(app, 90);

    /// <summary>As the server does, but with rounds every fifth day: their hours are tested elsewhere.</summary>
    private static async Task LiveThroughAsync(CardeaApp app, int days)
    {
        for (var day = 0; day < days; day += 5)
        {
            app.Clock.Advance(TimeSpan.FromDays(5));
            await app.GoTheRoundsAsync();
        }
    }

    private static async Task ShouldBeInactiveAsync(WalkingPerson person)
    {
        using var browser = await person.OpenSignInAsync();
        Assert.Contains("Your account is inactive", browser.Alert, StringComparison.Ordinal);
    }

    private static async Task<int> NoticesAsync(CardeaApp app, WalkingPerson person, NoticeKind kind) => (await app.AuditAsync())
        .Count(entry => entry.SubjectId == person.Id && entry.Name == NoticeGiven.Name && entry.Payload == $$"""{"Kind":"{{kind}}"}""");
}
