using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Messages.Texts;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SignIn.Tries;
using Cardea.Rules.SignIn;
using Cardea.Tests.CommandLine;
using Cardea.Tests.SignIn;

namespace Cardea.Tests.Accounts;

[Scenario("S0-07", "S0-08")]
public sealed class UnlockAccountTests(SoonStoppedApps apps) : IClassFixture<SoonStoppedApps>
{
    private const string Wrong = "Wrong#Password11";

    [Theory, EachDatabase]
    public async Task An_administrator_opens_what_strangers_have_stopped_and_what_the_person_has_locked(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.WriteAsync(db => db.SignInTries.ExecuteDeleteAsync());   // those of another test
        var amina = await app.AddPersonAsync();
        string[] unlock = ["accounts", "unlock", "--organization", amina.Organization.Code, "--username", amina.Username];
        Assert.Equal("The account is not locked: no failed sign-in counts against it.", (await app.CommandAsync(unlock)).Problems.Single());
        foreach (var source in (string[])[.. Enumerable.Repeat("203.0.113.7", 5), .. Enumerable.Range(1, 5).Select(number => $"198.51.100.{number}")])
        {
            (await app.SignInAsync(amina, Wrong, source)).Dispose();
        }

        Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", await TryAsync(amina, "203.0.113.7"));
        Assert.Equal("Account locked. Contact your administrator.", await TryAsync(amina, "192.0.2.1"));

        var unlocked = await app.CommandAsync(unlock);

        Assert.Equal((0, ""), (unlocked.ExitCode, unlocked.Error));
        Assert.Equal("/", await TryAsync(amina, "203.0.113.7"));
        Assert.Equal("/", await TryAsync(amina, "192.0.2.1"));
        var entry = Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "account.unlocked.v1");
        Assert.Equal(Environment.UserName, entry.ActorId);
        Assert.All(await app.ReadAsync(db => db.SignInTries.Select(row => row.Failures).ToListAsync()), failures => Assert.Equal(0, failures));

        async Task<string?> TryAsync(TestPerson person, string source)
        {
            using var browser = await app.SignInAsync(person, clientAddress: source);
            return browser.Alert ?? browser.Url;
        }
    }

    /// <summary>What is counted for another reason than to lock goes on being counted, and nothing of anybody else is touched.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-34", "N-07", "A-20")]
    public async Task Only_what_locks_is_forgotten(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var ben = await app.AddPersonAsync(organization: amina.Organization);
        var soon = app.Clock.GetUtcNow().AddMinutes(3);
        foreach (var person in (TestPerson[])[amina, ben])
        {
            for (var failure = 0; failure < 5; failure++)
            {
                (await app.SignInAsync(person, Wrong)).Dispose();
            }

            await app.WriteAsync(async db =>
            {
                db.Add(new AnswerTry { AccountId = person.Id, Wrong = 3, Answered = 2 });
                db.AddRange(Enum.GetValues<FactorTryWay>().Select(way => new FactorTry { AccountId = person.Id, Way = way, Failures = 7, LockedUntil = soon }));
                db.Add(new TextCount { Cap = TextCap.AccountADay, Key = person.Id.ToByteArray(), Count = 4, Most = 10, EndsAt = soon });
                await db.SaveChangesAsync();
            });
        }

        var bensBefore = await CountsAsync(app, ben);
        Assert.Equal(
            UnlockAccountOutcome.Unlocked,
            await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(new(amina.Id, amina.Organization.Id), TestContext.Current.CancellationToken)));

        Assert.Equal(
            [
                "answers 0 of 2 answered", "Authenticator 7, free", "Email 7, free", "RecoveryCode 7, free", "Text 7, free", "sign-ins 0, told once", "texts 4",
            ],
            await CountsAsync(app, amina));
        Assert.Equal(bensBefore, await CountsAsync(app, ben));
        Assert.Contains("AuthenticatorAtReset 7, waits", bensBefore);
        Assert.Contains("sign-ins 5, told once", bensBefore);
        Assert.Equal(
            UnlockAccountOutcome.WasNotLocked,
            await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(new(amina.Id, amina.Organization.Id), TestContext.Current.CancellationToken)));
    }

    /// <summary>"Wait 3 minutes or contact your administrator": who did gets to type a code at once, but a right one only clears the count.</summary>
    [Theory, EachDatabase]
    [Scenario("N-07")]
    public async Task Whoever_waits_after_wrong_codes_waits_no_more(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        for (var failure = 0; failure < 5; failure++)
        {
            await browser.EnterCodeAsync(phone.WrongCode());
        }

        await browser.EnterCodeAsync(phone.Code());
        Assert.Contains("Wait 3 minutes or contact your administrator.", browser.Alert, StringComparison.Ordinal);
        await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(new(amina.Id, amina.Organization.Id), TestContext.Current.CancellationToken));

        await browser.EnterCodeAsync(phone.WrongCode());
        await browser.EnterCodeAsync(phone.Code());
        Assert.Contains("Wait 6 minutes or contact your administrator.", browser.Alert, StringComparison.Ordinal);
        await app.RunAsync((UnlockAccount unlock) => unlock.RunAsync(new(amina.Id, amina.Organization.Id), TestContext.Current.CancellationToken));
        await browser.EnterCodeAsync(phone.Code());
        Assert.Equal("/", browser.Url);
        Assert.Equal(0, await app.ReadAsync(db => db.FactorTries.CountAsync(t => t.AccountId == amina.Id)));
    }

    /// <summary>All that is counted about a person, in words.</summary>
    private static Task<List<string>> CountsAsync(CardeaApp app, TestPerson person) => app.ReadAsync(async db =>
    {
        var now = app.Clock.GetUtcNow();
        var key = TryKey.NameOf(Audience.Staff, IdentifierKind.OrganizationCodeAndUsername, person.Organization.Code, person.Username);
        var answers = await db.AnswerTries.SingleAsync(t => t.AccountId == person.Id);
        var codes = await db.FactorTries.Where(t => t.AccountId == person.Id).ToListAsync();
        var signIns = await db.SignInTries.Where(t => t.NameKey == key).ToListAsync();
        var texts = await db.TextCounts.SingleAsync(t => t.Key == person.Id.ToByteArray());
        return (List<string>)
        [
            $"answers {answers.Wrong} of {answers.Answered} answered",
            .. codes.Select(t => $"{t.Way} {t.Failures}, {(t.LockedUntil > now ? "waits" : "free")}").Order(StringComparer.Ordinal),
            $"sign-ins {signIns.Max(t => t.Failures)}, told {(signIns.Any(t => t.OwnerToldAt is not null) ? "once" : "never")}",
            $"texts {texts.Count}",
        ];
    });

    [Theory, EachDatabase]
    public async Task Others_stay_locked(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        var ben = await app.AddPersonAsync(organization: amina.Organization);
        foreach (var person in Enumerable.Repeat(amina, 5).Concat(Enumerable.Repeat(ben, 5)))
        {
            (await app.SignInAsync(person, Wrong)).Dispose();
        }

        await app.CommandAsync("accounts", "unlock", "--organization", amina.Organization.Code, "--username", amina.Username);

        using var browser = await app.SignInAsync(ben);
        Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", browser.Alert);
    }
}
