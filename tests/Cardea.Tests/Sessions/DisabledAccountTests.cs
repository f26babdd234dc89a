using Cardea.Features.Sessions;

namespace Cardea.Tests.Sessions;

[Scenario("V7.4.2", "X-03", "V8.3.2")]
public sealed class DisabledAccountTests(CardeaApps apps)
{
    [Theory, EachDatabase]
    public async Task The_next_request_of_a_disabled_person_is_a_strangers(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var complete = await app.SignInAsync(amina);
        using var other = await app.SignInAsync(amina, clientAddress: "198.51.100.9");

        await app.ChangeAsync(amina, account => account.DisabledAt = app.Clock.GetUtcNow());

        foreach (var browser in (PersonBrowser[])[complete, other])
        {
            await browser.OpenAsync("/account");
            Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        }

        Assert.All(
            await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).ToListAsync()),
            session => Assert.Equal((app.Clock.GetUtcNow(), SessionEnd.AccountDisabled), (session.EndedAt, session.EndedBecause)));
    }

    [Theory, EachDatabase]
    public async Task A_pending_session_ends_just_the_same(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);

        await app.ChangeAsync(amina, account => account.DisabledAt = app.Clock.GetUtcNow());
        browser.Fill("New Password", "Quiet#Lantern88");
        browser.Fill("Confirm New Password", "Quiet#Lantern88");
        await browser.ClickAsync("Save");

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        Assert.True(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordIsTemporary).SingleAsync()));
    }
}
