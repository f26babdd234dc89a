using System.Text.Json;
using Cardea.Features.Sessions;

namespace Cardea.Tests.Sessions;

[Scenario("V7.3.1", "V7.3.2", "N-13", "S0-19", "H-04")]
public sealed class SessionLimitTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Whole = TimeSpan.FromHours(12);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, EachDatabase]
    public async Task Half_an_hour_without_a_request_ends_it_and_a_second_less_does_not(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);

        app.Clock.Advance(Idle - Second);
        await browser.OpenAsync("/account");
        Assert.Equal("/account", browser.Url);

        app.Clock.Advance(Idle);
        await browser.OpenAsync("/account");
        Assert.Equal("/sign-in?returnUrl=%2Faccount&ended=true", browser.Url);
        Assert.Contains("You were signed out because the session had ended.", browser.Text, StringComparison.Ordinal);
        Assert.Equal(SessionEnd.IdleTooLong, await EndOfAsync(app, amina));
    }

    [Theory, EachDatabase]
    public async Task Twelve_hours_end_it_however_busy_the_person_is(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);

        for (var worked = TimeSpan.Zero; worked < Whole - Idle; worked += Idle / 2)
        {
            app.Clock.Advance(Idle / 2);
            await browser.OpenAsync("/");
            Assert.Equal("/", browser.Url);
        }

        app.Clock.Advance(Idle - Second);
        await browser.OpenAsync("/");
        Assert.Equal("/", browser.Url);

        app.Clock.Advance(Second);
        await browser.OpenAsync("/");
        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
        Assert.Equal(SessionEnd.TooOld, await EndOfAsync(app, amina));
    }

    /// <summary>A way back in time of the browser's clock, or a wrong zone, is of no interest to anybody.</summary>
    [Theory, EachDatabase]
    public async Task What_the_browser_thinks_of_the_time_has_no_effect(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        Assert.DoesNotContain(browser.SetCookies, cookie =>
            cookie.Contains("cardea-session", StringComparison.Ordinal) && cookie.Contains("expires", StringComparison.OrdinalIgnoreCase));

        app.Clock.Advance(Idle);
        var request = new HttpRequestMessage(HttpMethod.Get, "/account");
        request.Headers.Date = CardeaApp.Start.AddYears(-10);
        await browser.SendAsync(request);

        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("W-2.2.1")]
    public async Task Stay_signed_in_gives_the_whole_idle_time_again_and_never_more_than_the_rest(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        var stay = StayForm(browser);

        app.Clock.Advance(Idle - TimeSpan.FromMinutes(1));
        await browser.SubmitAsync(stay);
        Assert.Equal((int)Idle.TotalSeconds, SecondsLeft(browser));

        for (var left = Whole - Idle + TimeSpan.FromMinutes(1); left > Idle; left -= Idle / 2)
        {
            app.Clock.Advance(Idle / 2);
            await browser.SubmitAsync(stay);
        }

        Assert.InRange(SecondsLeft(browser), 1, (int)(Idle.TotalSeconds - 1));
    }

    [Theory, EachDatabase]
    [Scenario("W-2.2.1")]
    public async Task The_page_says_how_long_it_lasts_by_the_servers_clock(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());

        var warning = browser.Document.GetElementById("idle-warning")!;

        Assert.Equal(("1800", "120"), (warning.GetAttribute("data-seconds-left"), warning.GetAttribute("data-warn-before")));
    }

    private static PageForm StayForm(PersonBrowser browser)
    {
        var form = new PageForm(HttpMethod.Post, new("https://localhost/session/stay"));
        form.Add("__RequestVerificationToken", browser.FormOf("Sign out")["__RequestVerificationToken"]);
        return form;
    }

    private static int SecondsLeft(PersonBrowser browser) => JsonDocument.Parse(browser.Html).RootElement.GetProperty("secondsLeft").GetInt32();

    private static Task<SessionEnd?> EndOfAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == person.Id).Select(s => s.EndedBecause).SingleAsync());
}
