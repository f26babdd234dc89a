using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Rules.SignIn;

namespace Cardea.Features.SignIn.Journey;

/// <summary>Marks the few endpoints that a pending session may reach beside its due step: language, help, guidance, sign-out, stay signed in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReachableWhilePendingAttribute : Attribute;

/// <summary>Marks what runs by itself, without a person acting: it does not move the idle limit (V7.3.1).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DoesNotExtendSessionAttribute : Attribute;

/// <summary>
/// The one gate. It stands behind authentication and in front of every endpoint, whatever the endpoint's own policy: while a step is due,
/// only what is marked <see cref="ReachableWhilePendingAttribute"/> is reachable beside it. When nothing is due any more it completes the
/// session. Whatever is due, nobody passes to a page that is not for their audience (<see cref="ForAudienceAttribute"/>).
/// </summary>
public sealed class JourneyGate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, SignInJourney journey, SessionStore sessions)
    {
        var endpoint = context.GetEndpoint();
        if (context.Person is not { } person || endpoint is null)
        {
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<DoesNotExtendSessionAttribute>() is null)
        {
            await sessions.TouchAsync(person, context.RequestAborted);
        }

        if (!endpoint.IsFor(person.Audience))
        {
            TurnAway(context, person.Audience);
            return;
        }

        if (endpoint.Metadata.GetMetadata<ReachableWhilePendingAttribute>() is not null)
        {
            await next(context);
            return;
        }

        if (journey.Next(person) is { } due)
        {
            if (IsPageOf(due, context.Request.Path))
            {
                await next(context);
                return;
            }

            context.Response.Redirect(JourneyLinks.To(due, WhereToAfterwards(context.Request)));
            return;
        }

        if (!person.IsComplete && await sessions.CompleteAsync(person, context.ClientAddress, context.RequestAborted) is { } renewed)
        {
            context.WriteCookie(Cookies.Session, renewed);
            context.Features.Set(person with { IsComplete = true });
        }

        if (SignInJourney.Order.Any(step => IsPageOf(step, context.Request.Path)))
        {
            context.Response.Redirect(WhereToAfterwards(context.Request) ?? AudiencePages.Home(person.Audience));   // refreshing a step that is done (S0-16)
            return;
        }

        await next(context);
    }

    /// <summary>Staff and patients never meet (S1-09): whoever strays is led home, and what they send is for nobody.</summary>
    private static void TurnAway(HttpContext context, Audience audience)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Redirect(AudiencePages.Home(audience));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static bool IsPageOf(JourneyStep step, PathString path) => path.StartsWithSegments(step.Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>The target travels in the address, so that two tabs do not mix; a step passes on what it was given.</summary>
    private static string? WhereToAfterwards(HttpRequest request) =>
        ReturnTarget.Local(request.Query[JourneyLinks.ReturnUrl]) is { } given ? given
        : HttpMethods.IsGet(request.Method) && !AudiencePages.IsHome(request.Path) ? ReturnTarget.Local($"{request.Path}{request.QueryString}")
        : null;
}

public static class JourneyLinks
{
    public const string ReturnUrl = "returnUrl";

    public static string To(JourneyStep step, string? returnTarget) => With(step.Path, returnTarget);

    /// <summary>Where to go once a step is settled: the gate leads on to the next one, or lets through.</summary>
    public static string Onward(HttpRequest request) => ReturnTarget.Local(request.Query[ReturnUrl]) ?? AudiencePages.Home(request.HttpContext.Audience);

    public static string With(string path, string? returnTarget) =>
        returnTarget is null || AudiencePages.IsHome(returnTarget) ? path : $"{path}?{ReturnUrl}={Uri.EscapeDataString(returnTarget)}";
}
