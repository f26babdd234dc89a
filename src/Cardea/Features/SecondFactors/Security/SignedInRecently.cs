using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>
/// Marks what somebody who finds an unlocked screen must not do: factors, email address, recovery codes. The strongest factor that the person
/// holds must have been proven within five minutes; for whoever has none, the password.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInRecentlyAttribute : Attribute;

/// <summary>Stands behind the gate: who has not signed in recently confirms first, and comes back.</summary>
public sealed class RecentProof(RequestDelegate next)
{
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    public async Task InvokeAsync(HttpContext context, FactorWays ways, Drafts drafts, TimeProvider clock)
    {
        if (context.Person is { } person
            && context.GetEndpoint()?.Metadata.GetMetadata<SignedInRecentlyAttribute>() is not null
            && !IsRecent(person, ways.Usable(person), clock.Now))
        {
            var target = $"{context.Request.Path}{context.Request.QueryString}";   // which says of what the page is, after a form as well
            await drafts.KeepAsync(context, person);   // what was typed is there again afterwards
            context.Response.Redirect(ways.Usable(person) is []
                ? JourneyLinks.With("/sign-in", target) + "&confirm=true"
                : JourneyLinks.With(FactorPages.Confirm, target));
            return;
        }

        await next(context);
    }

    private static bool IsRecent(SignedInPerson person, IReadOnlyList<FactorKinds> usable, DateTimeOffset now) => usable is [var strongest, ..]
        ? person.SecondFactorStrength >= strongest && now < person.SecondFactorAt + Recent
        : now < person.StartedAt + Recent;
}
