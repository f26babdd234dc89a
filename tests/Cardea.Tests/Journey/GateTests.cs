using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Cardea.Tests.Journey;

/// <summary>From every state of the journey every other door is tried, by reading and by sending: only the step that is due opens (Keycloak CVE-2026-18963).</summary>
[Scenario("A-06", "S2-05", "S2-09", "S2-17", "V2.3.1", "I-02")]
public sealed class GateTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private static readonly string[] Steps = [.. SignInJourney.Order.Select(step => step.Path)];

    [Theory, EachDatabase]
    public async Task While_a_step_is_due_nothing_else_is_reachable_through_any_door(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:SecondFactors:Scope", "ByAccount"));
        await app.PublishAgreementsAsync();
        var amina = await app.AddPersonAsync(PersonKind.New, Roles.Administrator, change: account => account.SecondFactorRequired = true);
        await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        await app.WriteAsync(db => db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.Roles, Roles.None)));   // as of somebody with several organizations
        browser.FollowsRedirects = false;
        var doors = Doors(app);
        Assert.Contains("/account", doors);

        foreach (var due in Steps)
        {
            foreach (var door in doors.Where(door => door != due && !door.StartsWith($"{due}/", StringComparison.Ordinal)))
            {
                foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Head])
                {
                    await browser.SendAsync(new HttpRequestMessage(method, door) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null });
                    Assert.True(IsRefused(browser, due), $"While {due} is due, {method} {door} is answered {(int)browser.Status} {browser.Header("Location")}");
                }
            }

            await app.SettleAsync(amina, due);
        }

        await browser.OpenAsync("/");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    /// <summary>Of a session that was being begun when its password was flagged: not even the middle of work keeps a door open.</summary>
    [Theory, EachDatabase]
    [Scenario("X-03", "N-04")]
    public async Task While_somebody_else_may_know_the_password_a_complete_session_reaches_nothing_either(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await app.ChangeAsync(amina, account => account.PasswordCompromisedAt = app.Clock.GetUtcNow());
        browser.FollowsRedirects = false;

        foreach (var door in Doors(app).Where(door => door != "/sign-in/password"))
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
            {
                await browser.SendAsync(new HttpRequestMessage(method, door) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null });
                Assert.True(IsRefused(browser, "/sign-in/password"), $"{method} {door} is answered {(int)browser.Status} {browser.Header("Location")}");
            }
        }
    }

    /// <summary>The few pages that stay open: help must not need what help is asked for.</summary>
    [Theory, EachDatabase]
    public async Task Help_guidance_and_leaving_stay_open(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);

        foreach (var path in (string[])["/help", "/guidance"])
        {
            await browser.OpenAsync(path);
            Assert.Equal((HttpStatusCode.OK, path), (browser.Status, browser.Url));
        }

        await browser.ClickAsync("Sign out");
        Assert.Equal("/sign-in?signedOut=true", browser.Url);
    }

    /// <summary>While something is due, no page shows the way into the account.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-10")]
    public async Task Manage_my_account_appears_when_the_journey_is_over(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/help");
        Assert.DoesNotContain("manage my account", browser.Text, StringComparison.OrdinalIgnoreCase);

        await app.SettleAsync(amina);
        foreach (var path in (string[])["/", "/account", "/help", "/guidance"])
        {
            await browser.OpenAsync(path);
            Assert.Contains("manage my account", browser.Document.QuerySelector("header")!.TextContent, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static List<string> Doors(CardeaApp app) =>
    [
        .. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is not null
                && route.Metadata.GetMetadata<ReachableWhilePendingAttribute>() is null
                && route.Metadata.GetMetadata<SignsInAfreshAttribute>() is null
                && route.IsFor(Audience.Staff))   // the others: PatientTests
            .Select(route => route.Door)
            .Distinct(),
    ];

    private static bool IsRefused(PersonBrowser browser, string due) =>
        browser.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
        || (browser.Status is HttpStatusCode.Redirect && browser.Header("Location")!.Split('?')[0] == due);
}
