using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors;
using Cardea.Rules.Permissions;
using Cardea.Tests.Journey;

namespace Cardea.Tests.SecondFactors;

/// <summary>
/// Where NIST is followed, a hundred codes in a row that were not right unbind what they were tried at (SP 800-63B-4, 3.2.2): nothing but a new
/// set-up, after another proof, makes it work again.
/// </summary>
[Scenario("N-07")]
public sealed class HundredFailuresTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Blocked = "This way is blocked after very many wrong codes";

    /// <summary>Neither a right password between them, nor an administrator who unlocks the account, begins the count anew.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-07")]
    public async Task The_hundredth_wrong_code_unbinds_the_app_and_nothing_binds_it_again(Database database)
    {
        var (app, amina) = await AddPersonAsync(database);
        await FailAsync(app, amina, FactorTryWay.Authenticator, 98);
        await UnlockAsync(app, amina);
        await TryWrongCodeAsync(amina);   // after a right password
        Assert.Null((await app.FactorOfAsync(amina.AsTestPerson)).BlockedAt);
        app.Clock.Advance(TimeSpan.FromMinutes(30));

        using (var browser = await amina.OpenSignInAsync())
        {
            await browser.EnterCodeAsync(amina.Phone!.WrongCode());
            Assert.Contains(Blocked, browser.Alert, StringComparison.Ordinal);
        }

        var factor = await app.FactorOfAsync(amina.AsTestPerson);
        Assert.NotNull(factor.BlockedAt);
        Assert.Null(factor.ProtectedKey);
        Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "factor.blocked.v1");
        await UnlockAsync(app, amina);
        app.Clock.Advance(TimeSpan.FromDays(1));
        using var again = await amina.OpenSignInAsync();
        await again.EnterCodeAsync(amina.Phone.Code());
        Assert.Contains(Blocked, again.Alert, StringComparison.Ordinal);

        await again.FollowAsync("Use a recovery code instead");
        again.Fill("Recovery code", amina.RecoveryCodes[0]);
        await again.ClickAsync("Login");
        Assert.Equal(["/sign-in/second-factor-set-up/choose", "/sign-in/second-factor-set-up/app"], await amina.SettleAsync(again));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["/sign-in/second-factor"], await amina.SignInAndOutAsync());
    }

    [Theory, EachDatabase]
    public async Task A_right_code_after_ninety_nine_wrong_ones_begins_the_count_of_this_way_anew_and_of_no_other(Database database)
    {
        var (app, amina) = await AddPersonAsync(database);
        await FailAsync(app, amina, FactorTryWay.Authenticator, 99);
        await FailAsync(app, amina, FactorTryWay.RecoveryCode, 42);

        Assert.Equal(["/sign-in/second-factor"], await amina.SignInAndOutAsync());

        Assert.Equal(
            ["RecoveryCode 42"],
            (await app.ReadAsync(db => db.FactorTries.Where(t => t.AccountId == amina.Id).ToListAsync())).Select(t => $"{t.Way} {t.Failures}"));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await TryWrongCodeAsync(amina);
        Assert.Null((await app.FactorOfAsync(amina.AsTestPerson)).BlockedAt);
    }

    [Theory, EachDatabase]
    [Scenario("S1-12")]
    public async Task The_hundredth_wrong_recovery_code_takes_all_of_them_away_and_leaves_the_app(Database database)
    {
        var (app, amina) = await AddPersonAsync(database);
        await FailAsync(app, amina, FactorTryWay.RecoveryCode, 99);

        using (var browser = await amina.OpenSignInAsync())
        {
            await browser.FollowAsync("Use a recovery code instead");
            browser.Fill("Recovery code", $"{amina.RecoveryCodes[0][0]}AAA-BBBB-CCCC-DDDD");
            await browser.ClickAsync("Login");
        }

        Assert.Equal(0, await app.ReadAsync(db => db.RecoveryCodes.CountAsync(code => code.AccountId == amina.Id)));
        Assert.Equal(["/sign-in/second-factor"], await amina.SignInAndOutAsync());
    }

    /// <summary>Who has an app, and recovery codes.</summary>
    private async Task<(CardeaApp App, WalkingPerson Person)> AddPersonAsync(Database database)
    {
        var app = await apps.OnAsync(database, "nist");
        var person = await WalkingPerson.CreateAsync(app, "nist", await app.AddOrganizationAsync(), Roles.Standard);
        await person.SignInAndOutAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        return (app, person);
    }

    /// <summary>As if so many had failed over the last days.</summary>
    private static Task FailAsync(CardeaApp app, WalkingPerson person, FactorTryWay way, int failures) => app.WriteAsync(db =>
    {
        db.Add(new FactorTry { AccountId = person.Id, Way = way, Failures = failures, LockedUntil = app.Clock.GetUtcNow() });
        return db.SaveChangesAsync();
    });

    private static async Task TryWrongCodeAsync(WalkingPerson person)
    {
        using var browser = await person.OpenSignInAsync();
        await browser.EnterCodeAsync(person.Phone!.WrongCode());
        Assert.Contains("code not accepted", browser.Alert, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<UnlockAccountOutcome> UnlockAsync(CardeaApp app, WalkingPerson person) => app.RunAsync((UnlockAccount unlock) =>
        unlock.RunAsync(new(person.Id, person.AsTestPerson.Organization.Id), CancellationToken.None));
}
