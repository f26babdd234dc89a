using Cardea.Features.Lifecycle;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Lifecycle;

/// <summary>The server's clock ran a day ahead, and somebody has set it right.</summary>
[Scenario("S0-19")]
public sealed class ClockSetBackTests
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    [Theory, EachDatabase]
    [Scenario("S0-07")]
    public async Task A_lock_of_minutes_does_not_become_one_of_a_day(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        app.Clock.Advance(Ahead);
        for (var failure = 0; failure < 5; failure++)
        {
            await browser.OpenAsync("/sign-in");
            await browser.SignInAsync(amina, "Wrong#Password42");
        }

        await browser.SignInAsync(amina);
        Assert.Contains("Account locked. Wait 3 minutes", browser.Alert, StringComparison.Ordinal);
        SetBack(app);
        await browser.SignInAsync(amina);

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S1-02")]
    public async Task Nor_does_one_of_codes(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        var phone = await app.AddAuthenticatorAsync(amina);
        app.Clock.Advance(Ahead);
        using (var before = await app.SignInAsync(amina))
        {
            for (var failure = 0; failure < 5; failure++)
            {
                await before.EnterCodeAsync(phone.WrongCode());
            }

            await before.EnterCodeAsync(phone.Code());
            Assert.Contains("Wait 3 minutes", before.Alert, StringComparison.Ordinal);
        }

        SetBack(app);
        using var browser = await app.SignInAsync(amina);
        await browser.EnterCodeAsync(phone.Code());

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("V7.3.2")]
    public async Task A_session_of_tomorrow_is_over_and_signing_in_again_works(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        app.Clock.Advance(Ahead);
        using var browser = await app.SignInAsync(amina);
        SetBack(app);

        await browser.OpenAsync("/account");
        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
        await browser.SignInAsync(amina);

        Assert.Equal("/account", browser.Url);
    }

    /// <summary>Nobody knows how long the screen was left alone: it must not stay open for the time that was taken back as well.</summary>
    [Theory, EachDatabase]
    [Scenario("V7.3.1")]
    public async Task A_session_that_was_used_tomorrow_is_over_too(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await browser.OpenAsync("/account");
        app.Clock.AdjustTime(app.Clock.GetUtcNow().AddMinutes(-15));

        await browser.OpenAsync("/account");

        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_code_can_be_had_at_once(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.EmailConfirmedAt = null);
        app.Clock.Advance(Ahead);
        using (var before = await app.SignInAsync(amina))
        {
            await EmailSteps.SendCodeAsync(app, before);
        }

        SetBack(app);
        using var browser = await app.SignInAsync(amina);

        Assert.Equal(6, (await EmailSteps.SendCodeAsync(app, browser)).Length);
    }

    [Theory, EachDatabase]
    [Scenario("S2-16", "S2-18")]
    public async Task Nobody_hears_of_the_same_thing_twice(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", "https://localhost"));
        var amina = await app.AddPersonAsync();
        await app.LiveThroughAsync(51);
        Assert.Equal(1, await app.PromisedAsync<PasswordExpiresMail>(amina));

        SetBack(app);
        await app.GoTheRoundsAsync();
        await app.LiveThroughAsync(3);

        Assert.Equal(1, await app.PromisedAsync<PasswordExpiresMail>(amina));
        Assert.False(await app.IsInactiveAsync(amina));
    }

    private static void SetBack(CardeaApp app) => app.Clock.AdjustTime(app.Clock.GetUtcNow() - Ahead);
}
