namespace Cardea.Tests.SignIn;

[Scenario("S0-07", "V6.3.1", "N-07")]
public sealed class LockTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Wrong = "Wrong#Password11";

    [Theory, EachDatabase]
    public async Task Five_failures_lock_for_three_minutes_and_each_further_one_twice_as_long_up_to_thirty(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        foreach (var _ in Enumerable.Range(1, 5))
        {
            await browser.SignInAsync(amina, Wrong);
            Assert.Equal("Invalid credentials", browser.Alert);
        }

        foreach (var minutes in (int[])[3, 6, 12, 24, 30, 30])
        {
            await browser.SignInAsync(amina, Wrong);
            Assert.Equal(Locked(minutes), browser.Alert);

            app.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await browser.SignInAsync(amina, Wrong);
            Assert.Equal("Account locked. Wait 1 minute or contact your administrator.", browser.Alert);

            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await browser.SignInAsync(amina, Wrong);   // evaluated again, and locks again
            Assert.Equal("Invalid credentials", browser.Alert);
        }
    }

    [Theory, EachDatabase]
    public async Task While_locked_the_right_password_changes_nothing_and_afterwards_it_opens_and_forgives(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await FailAsync(app, amina, times: 5);

        await browser.SignInAsync(amina);
        Assert.Equal(Locked(3), browser.Alert);

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await browser.SignInAsync(amina);
        Assert.Equal("/", browser.Url);

        using var later = await FailAsync(app, amina, times: 4);   // counted from nothing again
        await later.SignInAsync(amina);
        Assert.Equal("/", later.Url);
    }

    /// <summary>A lock that grew with every knock of somebody who did not see it would never end.</summary>
    [Theory, EachDatabase]
    public async Task Knocking_while_locked_does_not_make_it_longer(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await FailAsync(app, amina, times: 15);

        Assert.Equal(Locked(3), browser.Alert);
    }

    [Theory, EachDatabase]
    public async Task The_owner_gets_one_mail_a_day(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();

        (await FailAsync(app, amina, times: 5)).Dispose();
        Assert.Equal(1, await MailsAsync(app, amina));

        app.Clock.Advance(TimeSpan.FromHours(23));
        (await FailAsync(app, amina, times: 1)).Dispose();
        Assert.Equal(1, await MailsAsync(app, amina));

        app.Clock.Advance(TimeSpan.FromHours(1));
        (await FailAsync(app, amina, times: 1)).Dispose();
        Assert.Equal(2, await MailsAsync(app, amina));
    }

    [Theory, EachDatabase]
    public async Task The_lock_and_its_reason_stand_in_the_audit_trail(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();

        (await FailAsync(app, amina, times: 6)).Dispose();

        var entries = (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id).Select(entry => (entry.Name, entry.Reason)).ToList();
        Assert.Equal(5, entries.Count(entry => entry == ("sign_in.refused.v1", "WrongPassword")));
        Assert.Single(entries, entry => entry.Name == "sign_in.locked.v1");
        Assert.Single(entries, entry => entry == ("sign_in.refused.v1", "Locked"));
    }

    private static string Locked(int minutes) => $"Account locked. Wait {minutes} minutes or contact your administrator.";

    private static Task<int> MailsAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.OutboxMessages.CountAsync(mail => mail.AccountId == person.Id && mail.Kind == "account-locked"));

    private static async Task<PersonBrowser> FailAsync(CardeaApp app, TestPerson person, int times)
    {
        var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        foreach (var _ in Enumerable.Range(1, times))
        {
            await browser.SignInAsync(person, Wrong);
        }

        return browser;
    }
}
