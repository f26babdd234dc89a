using Cardea.Features.Lifecycle;
using Cardea.Features.SignIn.Tries;

namespace Cardea.Tests.Lifecycle;

/// <summary>What means nothing any more is deleted, and nothing else.</summary>
[Scenario("V14.2.7")]
public sealed class RetentionTests
{
    /// <summary>Kept for good, because they are evidence, or for as long as their account or organization.</summary>
    private static readonly string[] Kept =
    [
        "AccountActivity", "AccountClaims", "AccountLogins", "AccountPasskeys", "Accounts", "AccountTokens", "AgreementAcceptances", "AgreementTexts", "AgreementVersions",
        "AnnouncementReadings", "Announcements", "AnnouncementTexts", "AnswerTries", "AuditEntries", "DataProtectionKeys", "Factors", "FactorTries", "FormerPasswords", "Memberships", "OrganizationFactorSettings", "Organizations",
        "PendingActs", "RecoveryCodes", "Registry", "RememberedDevices", "SearchKeys", "SecurityAnswers", "SignInNames",
    ];

    /// <summary>By work of their own, which looks for them more often.</summary>
    private static readonly string[] DeletedElsewhere = ["RecoveryRequests", "SpentPasskeyChallenges", "TextCounts"];

    private static readonly string[] DeletedHere =
    [
        "AlarmLinks", "AuthenticatorSetUps", "CallerChecks", "CallerCodes", "EmailChanges", "OutboxMessages", "PasskeyChallenges", "ResetLinks", "SentCodes", "SentNotices", "Sessions", "SignInTries",
    ];

    /// <summary>A new table stops here until somebody has decided how long its rows are kept.</summary>
    [Fact]
    public async Task Of_every_table_it_was_decided()
    {
        await using var app = await CardeaApp.StartAsync(Database.Sqlite);
        var tables = await app.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Distinct().ToList()));

        Assert.Equal(tables.Order(StringComparer.Ordinal), Kept.Concat(DeletedElsewhere).Concat(DeletedHere).Order(StringComparer.Ordinal));
        var source = await File.ReadAllTextAsync(Path.Combine(Documents.Documents.Root, "src/Cardea/Features/Lifecycle/ForgetOldThings.cs"), TestContext.Current.CancellationToken);
        Assert.All(DeletedHere, table => Assert.Contains($"db.{table}", source, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task What_is_old_goes_and_what_is_not_stays(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", "https://localhost"));
        var amina = await app.AddPersonAsync();
        using (var old = await app.SignInAsync(amina))
        {
            Assert.Equal("/", old.Url);
        }

        await app.AddResetLinkAsync(amina);
        await WrongAsync(app, "nobody");
        await app.WriteAsync(db =>
        {
            db.Add(new SentNotice { AccountId = amina.Id, Kind = NoticeKind.PasswordExpires, About = CardeaApp.Start, MadeAt = CardeaApp.Start });
            return db.SaveChangesAsync();
        });
        Assert.Equal((1, 1, 2, 1), await CountAsync(app));

        await AdvanceAsync(app, ForgetOldThings.LinksAndTries);
        Assert.Equal((1, 1, 2, 1), await CountAsync(app));
        await AdvanceAsync(app, TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0, 0, 1), await CountAsync(app));
        await AdvanceAsync(app, ForgetOldThings.Devices);

        Assert.Equal((0, 0, 0, 0), await CountAsync(app));
        Assert.NotEmpty(await app.AuditAsync());
    }

    /// <summary>Until an administrator acts (S0-07): time does not help a stranger.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-07", "N-07")]
    public async Task A_hard_stop_stays(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:SignIn:HardStopAfter", "10"));
        for (var source = 0; source < 3; source++)
        {
            for (var wrong = 0; wrong < 4; wrong++)
            {
                await WrongAsync(app, "amina", $"198.51.100.{source}");
            }
        }

        await AdvanceAsync(app, TimeSpan.FromDays(60));

        var left = Assert.Single(await app.ReadAsync(db => db.SignInTries.AsNoTracking().ToListAsync()));
        Assert.Equal((SignInTry.AnySource, 10), (left.Source, left.Failures));
    }

    private static async Task AdvanceAsync(CardeaApp app, TimeSpan time)
    {
        app.Clock.Advance(time);
        await app.RunAsync<ForgetOldThings, bool>(async things =>
        {
            await things.RunAsync(CancellationToken.None);
            return true;
        });
    }

    private static async Task WrongAsync(CardeaApp app, string username, string address = "198.51.100.9")
    {
        using var browser = app.OpenBrowser(address);
        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync("NORTH", username, "Wrong#Password42");
    }

    private static Task<(int Sessions, int Links, int Tries, int Notices)> CountAsync(CardeaApp app) => app.ReadAsync(async db => (
        await db.Sessions.CountAsync(),
        await db.ResetLinks.CountAsync(),
        await db.SignInTries.CountAsync(t => t.Failures > 0),
        await db.SentNotices.CountAsync(n => n.Kind == NoticeKind.PasswordExpires)));
}
