namespace Cardea.Tests.Journey;

[Scenario("S2-15", "I-03")]
public sealed class YearlyTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    [Theory, EachDatabase]
    public async Task A_year_after_the_last_time_agreement_and_address_are_asked_again_and_nothing_else(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        app.Clock.Advance(Year - TimeSpan.FromMinutes(1));
        await app.SettleAsync(amina, "/sign-in/password");   // those expire sooner

        using (var early = await app.SignInAsync(amina))
        {
            Assert.Equal("/", early.Url);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = await app.SignInAsync(amina);
        foreach (var step in (string[])["/sign-in/agreement", "/sign-in/email"])
        {
            Assert.Equal(step, browser.Url);
            await app.SettleAsync(amina, step);
            await browser.OpenAsync("/");
        }

        Assert.Equal("/", browser.Url);
    }

    /// <summary>Who could not accept what did not exist is asked as soon as it does.</summary>
    [Theory, EachDatabase]
    public async Task A_version_published_since_is_asked_at_the_next_sign_in(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();
        await app.PublishAgreementsAsync();

        using var browser = await app.SignInAsync(amina);

        Assert.Equal("/sign-in/agreement", browser.Url);
    }
}
