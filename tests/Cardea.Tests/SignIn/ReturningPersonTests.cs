using System.Net;

namespace Cardea.Tests.SignIn;

[Scenario("S2-14")]
public sealed class ReturningPersonTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task Who_has_nothing_to_do_goes_straight_to_the_dashboard(Database database)
    {
        var app = await apps.OnAsync(database);
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync();

        using var browser = await app.SignInAsync(amina);

        Assert.Equal((HttpStatusCode.OK, "/", "My Dashboard"), (browser.Status, browser.Url, browser.Heading));
        Assert.NotNull(browser.Document.GetElementById("my-dashboard"));
        Assert.Equal(["/sign-in", "/"], browser.Way);
        var session = await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id));
        Assert.Equal((app.Clock.GetUtcNow(), app.Clock.GetUtcNow(), ""), (session.StartedAt, session.CompletedAt, session.PlannedSteps));
        var activity = await app.ReadAsync(db => db.AccountActivity.SingleAsync(a => a.AccountId == amina.Id));
        Assert.Equal((app.Clock.GetUtcNow(), "203.0.113.7"), (activity.LastSignInCompletedAt, activity.LastSignInFrom));
    }
}
