using System.Net;
using System.Text.RegularExpressions;
using Cardea.Features.SetUp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Cardea.Tests.Data;

/// <summary>The database goes away in the middle of something: a clear page, nothing half-done, and it goes on by itself when the database is back.</summary>
[Scenario("V16.5.1", "V16.5.2", "V16.5.3", "V16.5.4", "V2.3.3")]
public sealed partial class DatabaseTroubleTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string TurnedAway = "We cannot answer right now";

    [Theory, EachDatabase]
    [Scenario("S0-04")]
    public async Task Whichever_statement_of_a_sign_in_fails_nobody_is_half_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var failed = 0;
        while (true)
        {
            var amina = await app.AddPersonAsync();
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/sign-in");
            browser.FollowsRedirects = false;
            app.Statements.Clear();
            app.Statements.FailingOne = failed + 1;

            await browser.SignInAsync(amina);

            var gotThrough = app.Statements.TextsOfRequests.Count <= failed;
            app.Statements.FailingOne = null;
            if (gotThrough)
            {
                break;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
            Assert.NotNull(browser.Heading);
            Assert.DoesNotContain("disk is gone", browser.Html, StringComparison.Ordinal);
            Assert.Null(browser.Cookies["cardea-session"]);
            Assert.Empty(await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).ToListAsync()));
            Assert.DoesNotContain(await app.AuditAsync(), entry => entry.SubjectId == amina.Id);

            using var again = await app.SignInAsync(amina);
            Assert.Equal("/", again.Url);
            failed++;
        }

        Assert.InRange(failed, 3, 6);
    }

    /// <summary>Replacing a password ends other sessions, renews this one and is recorded: all of it or nothing.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-03")]
    public async Task Whichever_statement_of_a_new_password_fails_the_old_one_stays(Database database)
    {
        var app = await apps.OnAsync(database);
        var failed = 0;
        while (true)
        {
            var amina = await app.AddPersonAsync(PersonKind.New);
            using var browser = await app.SignInAsync(amina);
            browser.Fill("New Password", "Quiet#Lantern88");
            browser.Fill("Confirm New Password", "Quiet#Lantern88");
            browser.FollowsRedirects = false;
            app.Statements.Clear();
            app.Statements.FailingOne = failed + 1;

            await browser.ClickAsync("Save");

            var gotThrough = app.Statements.TextsOfRequests.Count <= failed;
            app.Statements.FailingOne = null;
            if (gotThrough)
            {
                break;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
            Assert.True(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordIsTemporary).SingleAsync()));
            Assert.DoesNotContain(await app.AuditAsync(), entry => (entry.Name, entry.SubjectId) == ("password.replaced.v1", amina.Id));
            using var again = await app.SignInAsync(amina);
            Assert.Equal("/sign-in/password", again.Url);
            failed++;
        }

        Assert.True(failed >= 4, $"Only {failed} statements were made to fail.");
    }

    [Fact]
    public async Task A_full_disk_turns_people_away_for_as_long_as_it_is_full()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        app.Sqlite.DiskIsFull = true;

        (int Sessions, int Entries) kept;
        HttpStatusCode answered;
        do   // there is some room left in the pages that the file has
        {
            kept = await KeptOfAsync(app, amina);
            using var browser = await app.SignInAsync(amina);
            answered = browser.Status;
            if (answered is not HttpStatusCode.OK)
            {
                IsTurnedAway(browser);
            }
        }
        while (answered is HttpStatusCode.OK);

        Assert.Equal(["SQLite Error 13: 'database or disk is full'."], ToldTroubles(app));
        app.Sqlite.DiskIsFull = false;
        await GoesOnAsync(app, amina, kept);
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_locked_turns_people_away_for_as_long_as_it_does()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var kept = await KeptOfAsync(app, amina);
        await using var other = new SqliteConnection($"Data Source={app.Folder}/cardea.db");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        app.Sqlite.Patience = 1;

        await using (await other.BeginTransactionAsync(TestContext.Current.CancellationToken))   // BEGIN IMMEDIATE: the one writer
        {
            using var browser = await app.SignInAsync(amina);
            IsTurnedAway(browser);
        }

        Assert.Equal(["SQLite Error 5: 'database is locked'."], ToldTroubles(app));
        await GoesOnAsync(app, amina, kept);
    }

    [Fact]
    public async Task A_database_server_that_is_away_turns_people_away_until_it_is_back()
    {
        await using var app = await CardeaApp.StartAsync(Database.Postgres);
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var browser = await app.SignInAsync(ben);
        var kept = await KeptOfAsync(app, amina);
        var connection = (await app.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString())))!;
        await PostgresServer.CloseDatabaseAsync(connection);

        await browser.OpenAsync("/health/live");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (browser.Status, browser.Html));
        await browser.OpenAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (browser.Status, browser.Html));
        await browser.OpenAsync("/account");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TurnedAway), (browser.Status, browser.Heading));
        using (var newcomer = await app.SignInAsync(amina))
        {
            IsTurnedAway(newcomer);
        }

        Assert.Equal(2, ToldTroubles(app).Count);
        await PostgresServer.OpenDatabaseAsync(connection);
        await browser.OpenAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (browser.Status, browser.Html));
        await browser.OpenAsync("/account");
        Assert.Equal((HttpStatusCode.OK, "/account"), (browser.Status, browser.Url));
        await GoesOnAsync(app, amina, kept);
    }

    [Fact]
    public async Task A_database_server_that_keeps_silent_turns_people_away_until_it_speaks_again()
    {
        await using var app = await CardeaApp.StartAsync(Database.Postgres);
        await using var line = new PostgresLine((await app.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString())))!);
        await using var node = app.StartSecondNode(("ConnectionStrings:Cardea", line.Connection));
        var (amina, ben) = (await app.AddPersonAsync(), await app.AddPersonAsync());
        using var browser = await node.SignInAsync(ben);
        var kept = await KeptOfAsync(app, amina);

        line.IsSilent = true;
        await browser.OpenAsync("/account");   // in the middle of a connection
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TurnedAway), (browser.Status, browser.Heading));
        var calls = line.Calls;
        using (var newcomer = await node.SignInAsync(amina))   // on a new one
        {
            IsTurnedAway(newcomer);
        }

        Assert.True(line.Calls > calls, "The newcomer was meant to be turned away on a connection of their own.");
        var told = ToldTroubles(node);
        Assert.Equal(2, told.Count);
        Assert.Equal("Exception while reading from stream", told[0]);
        Assert.Matches("^(The operation has timed out|Failed to connect to .*|Exception while reading from stream)$", told[1]);   // whichever of the driver's clocks is first
        line.IsSilent = false;
        await browser.OpenAsync("/account");
        Assert.Equal((HttpStatusCode.OK, "/account"), (browser.Status, browser.Url));
        await GoesOnAsync(node, amina, kept);
    }

    /// <summary>One that keeps silent costs seconds each time it is asked, also when what is known of the registry has become old meanwhile.</summary>
    [Theory, EachDatabase]
    public async Task The_page_that_says_so_does_not_ask_the_database_again(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        app.Clock.Advance(RegistryProfile.Freshness);
        app.Statements.Clear();
        app.Statements.AllFail = true;

        await browser.SignInAsync("NORTH", "amina", TestPeople.OwnPassword);

        IsTurnedAway(browser);
        Assert.NotEmpty(app.Statements.Texts);
        Assert.DoesNotContain(app.Statements.Texts, statement => statement.Contains("Registry", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task What_is_known_of_the_registry_is_shown_meanwhile_and_the_database_asked_for_it_once(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/help");
        var known = browser.Text;
        app.Clock.Advance(RegistryProfile.Freshness);
        app.Statements.Clear();
        app.Statements.AllFail = true;

        await browser.OpenAsync("/help");
        await browser.OpenAsync("/help");

        Assert.Equal((HttpStatusCode.OK, known), (browser.Status, browser.Text));
        Assert.Single(app.Statements.Texts, statement => statement.Contains("Registry", StringComparison.Ordinal));
    }

    private static async Task<(int Sessions, int Entries)> KeptOfAsync(CardeaApp app, TestPerson person) =>
        (await app.ReadAsync(db => db.Sessions.CountAsync(session => session.AccountId == person.Id)),
        await app.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.SubjectId == person.Id)));

    private static void IsTurnedAway(PersonBrowser browser)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TurnedAway), (browser.Status, browser.Heading));
        Assert.Null(browser.Cookies["cardea-session"]);
    }

    /// <summary>What the log says of it: sentences, never traces.</summary>
    private static List<string> ToldTroubles(CardeaApp app)
    {
        var errors = app.Logs.Lines.Where(line => line.Level >= LogLevel.Error).ToList();
        Assert.All(errors, line => Assert.Null(line.Problem));
        return [.. errors.Select(line => Trouble().Match(line.Text)).Where(told => told.Success).Select(told => told.Groups["what"].Value)];
    }

    /// <summary>Nothing half-done was kept, and the same server works again.</summary>
    private static async Task GoesOnAsync(CardeaApp app, TestPerson person, (int Sessions, int Entries) kept)
    {
        Assert.Equal(kept, await KeptOfAsync(app, person));
        using var browser = await app.SignInAsync(person);
        Assert.Equal((HttpStatusCode.OK, "/"), (browser.Status, browser.Url));
    }

    [GeneratedRegex(@"^The database does not answer as it should \((?<what>.+)\); whoever asked is told to try again\.$")]
    private static partial Regex Trouble();
}
