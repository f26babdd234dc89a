namespace Cardea.Tests.SignIn;

[Scenario("S2-03", "V6.4.1")]
public sealed class TemporaryPasswordTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(72);

    [Theory, EachDatabase]
    public async Task It_leads_to_choosing_ones_own_and_nowhere_else(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);

        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/password", browser.Url);

        await browser.OpenAsync("/account");
        Assert.StartsWith("/sign-in/password", browser.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task It_works_again_until_it_is_replaced_so_that_a_first_sign_in_can_be_broken_off(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        (await app.SignInAsync(amina)).Dispose();

        app.Clock.Advance(Life - TimeSpan.FromSeconds(1));
        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/password", browser.Url);

        browser.Fill("New Password", "Quiet#Lantern88");
        browser.Fill("Confirm New Password", "Quiet#Lantern88");
        await browser.ClickAsync("Save");
        Assert.NotEqual("/sign-in/password", browser.Url);

        using var withOld = await app.SignInAsync(amina);
        Assert.Equal("Invalid credentials", withOld.Alert);
        using var withOwn = await app.SignInAsync(amina, "Quiet#Lantern88");
        Assert.NotEqual("/sign-in", withOwn.Url);
    }

    /// <summary>Told only to who has it right; and as it was right, it counts nothing.</summary>
    [Theory, EachDatabase]
    public async Task After_72_hours_it_is_too_old_and_only_its_holder_hears_so(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);

        app.Clock.Advance(Life);
        using var right = await app.SignInAsync(amina);
        using var wrong = await app.SignInAsync(amina, "Wrong#Password11");

        Assert.Equal("Your temporary password has expired. Ask your administrator for a new one.", right.Alert);
        Assert.Equal("Invalid credentials", wrong.Alert);
        Assert.Equal(0, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id)));
        var refusals = (await app.AuditAsync()).Where(entry => entry.SubjectId == amina.Id).Select(entry => entry.Reason).Order();
        Assert.Equal(["TemporaryPasswordTooOld", "WrongPassword"], refusals);
    }

    [Theory, EachDatabase]
    public async Task Being_too_late_six_times_does_not_lock(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        app.Clock.Advance(Life);

        foreach (var _ in Enumerable.Range(1, 6))
        {
            using var browser = await app.SignInAsync(amina);
            Assert.Equal("Your temporary password has expired. Ask your administrator for a new one.", browser.Alert);
        }
    }
}
