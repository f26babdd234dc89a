using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace Cardea.Tests.Security;

/// <summary>Which doors there are, who may use each, and which of them a person with something due may use: the list that V6.1.3 asks for.</summary>
[Scenario("V6.1.3", "V6.3.4", "V8.2.1", "S0-01")]
public sealed class RouteMapTests(CardeaApps apps)
{
    [Fact]
    public async Task Every_route_and_who_may_use_it_is_as_approved()
    {
        var app = await apps.OnAsync(Database.Sqlite);

        Approved.Matches("RouteMap.approved.txt", Routes(app)
            .Where(route => !IsFile(route))
            .Select(route => $"/{route.RoutePattern.RawText?.TrimStart('/'),-40} {WhoMayUse(route),-10} {WhilePending(route)}{ForPatients(route)}".TrimEnd())
            .Distinct()
            .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Files_are_the_only_other_thing_that_strangers_get()
    {
        var app = await apps.OnAsync(Database.Sqlite);

        var folders = Routes(app).Where(IsFile).Select(route => route.RoutePattern.RawText!.TrimStart('/').Split('/')[0]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["assets", "css", "images", "js"], folders);
    }

    private static IEnumerable<RouteEndpoint> Routes(CardeaApp app) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>();

    private static bool IsFile(RouteEndpoint route) =>
        route.Metadata.GetMetadata<PageActionDescriptor>() is null && !route.RoutePattern.RawText!.StartsWith("/health", StringComparison.Ordinal);

    private static string WhoMayUse(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null
        ? "ANYONE"
        : route.Metadata.GetMetadata<IAuthorizeData>() is { Policy: { } policy } ? policy : "signed in";

    /// <summary>What says nothing is for staff.</summary>
    private static string ForPatients(RouteEndpoint route) => !route.IsFor(Audience.Patient) ? "" : route.IsFor(Audience.Staff) ? "  patients, too" : "patients only";

    private static string WhilePending(RouteEndpoint route) =>
        route.Metadata.GetMetadata<ReachableWhilePendingAttribute>() is not null ? "while something is due"
        : route.Metadata.GetMetadata<NeedsNoSession>() is not null ? "no session looked up"
        : "";
}
