using System.Net;

namespace Cardea.Tests.Journey;

[Scenario("S0-16", "S2-09")]
public sealed class RefreshTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task Refreshing_at_any_point_shows_the_step_that_is_due(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);

        foreach (var step in (string[])["/sign-in/password", "/sign-in/agreement", "/sign-in/email", "/sign-in/security-questions"])
        {
            foreach (var address in (string[])[step, "/", "/sign-in"])
            {
                await browser.OpenAsync(address);
                Assert.Equal((HttpStatusCode.OK, step), (browser.Status, new Uri(new("https://localhost"), browser.Url).AbsolutePath));
                await browser.RefreshAsync();
                Assert.Equal((HttpStatusCode.OK, step), (browser.Status, new Uri(new("https://localhost"), browser.Url).AbsolutePath));
            }

            await app.SettleAsync(amina, step);
            await browser.RefreshAsync();   // of a step that is done
            Assert.NotEqual(step, browser.Url);
        }

        Assert.Equal("/", browser.Url);
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id)));
    }

    /// <summary>A closed browser, another computer: it resumes where it was left.</summary>
    [Theory, EachDatabase]
    public async Task Leaving_and_coming_back_resumes(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New);
        await app.SettleAsync(amina, "/sign-in/password");
        await app.SettleAsync(amina, "/sign-in/agreement");

        using var elsewhere = await app.SignInAsync(amina with { Password = TestPeople.OwnPassword }, clientAddress: "198.51.100.9");

        Assert.Equal("/sign-in/email", elsewhere.Url);
    }

    [Theory, EachDatabase]
    public async Task The_way_to_the_page_first_asked_for_survives_every_step(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/account");
        await browser.SignInAsync(amina);

        foreach (var step in (string[])["/sign-in/password", "/sign-in/agreement", "/sign-in/email", "/sign-in/security-questions"])
        {
            Assert.Equal($"{step}?returnUrl=%2Faccount", browser.Url);
            await app.SettleAsync(amina, step);
            await browser.RefreshAsync();
        }

        Assert.Equal("/account", browser.Url);
    }
}
