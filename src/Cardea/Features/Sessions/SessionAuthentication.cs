using System.Security.Claims;
using System.Text.Encodings.Web;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Sessions;

/// <summary>
/// Turns the session cookie into a person. Everything is checked against the database at every request (F-08): a copy of a cookie is worth
/// nothing once the session has ended (ASVS V7.4.1).
/// </summary>
public sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    SessionStore sessions,
    PolicyBook policies,
    Drafts drafts,
    Actor actor,
    TimeProvider clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        actor.IsAnonymous(Context.ClientAddress);
        if (Context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoSession>() is not null || IsAboutAFailure)
        {
            return AuthenticateResult.NoResult();
        }

        if (Context.ReadCookie(Cookies.Session) is not { } secret || !Secrets.HasShape(secret))
        {
            return AuthenticateResult.NoResult();
        }

        var person = await sessions.FindAsync(secret, Context.RequestAborted) ?? await FindByFormerSecretAsync(secret);
        if (person is null)
        {
            return AuthenticateResult.Fail("No such session.");
        }

        if (await ReasonToEndAsync(person) is { } reason)
        {
            Context.Features.Set(new Ended(person, reason));
            return AuthenticateResult.Fail($"The session has ended: {reason}.");
        }

        if (person.FormerSecretWaits && person.Secret.Value == secret)
        {
            await sessions.ForgetFormerSecretAsync(person, Context.RequestAborted);
        }

        if (Context.GetEndpoint()?.Metadata.GetMetadata<SignsInAfreshAttribute>() is not null)
        {
            Context.Features.Set(new Former(person));
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(person);
        actor.IsPerson(person.AccountId, person.OrganizationId);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person.AccountId.ToString())], SchemeName);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <summary>Nobody is in: to the sign-in page of those whom the page is for, which leads back to where they were going (S0-01).</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (HttpMethods.IsPost(Request.Method) && Context.Features.Get<Ended>() is { Because: SessionEnd.IdleTooLong or SessionEnd.TooOld, Person: var person })
        {
            await drafts.KeepAsync(Context, person);
        }

        var wanted = HttpMethods.IsGet(Request.Method) ? $"{Request.Path}{Request.QueryString}" : Request.Path.Value;
        var ended = Context.ReadCookie(Cookies.Session) is null ? "" : "&ended=true";
        var door = AudiencePages.SignIn(Context.Audience);
        var query = wanted is null || AudiencePages.IsHome(wanted) ? ended.TrimStart('&') : $"returnUrl={Uri.EscapeDataString(wanted)}{ended}";
        Response.Redirect(query.Length == 0 ? door : $"{door}?{query}");
    }

    /// <summary>Then whoever was found before stays known, and a database that is away is not asked once more.</summary>
    private bool IsAboutAFailure => Context.Features.Get<IExceptionHandlerFeature>() is not null;

    /// <summary>The answer with the new secret was lost on its way: here it is once more (S0-16).</summary>
    private async Task<SignedInPerson?> FindByFormerSecretAsync(string secret)
    {
        if (Context.ReadCookie(Cookies.Device) is not { } device
            || !Secrets.HasShape(device)
            || await sessions.FindSuccessorAsync(secret, device, Context.RequestAborted) is not { } successor)
        {
            return null;
        }

        Context.WriteCookie(Cookies.Session, successor);
        return await sessions.FindAsync(successor, Context.RequestAborted);
    }

    private async Task<SessionEnd?> ReasonToEndAsync(SignedInPerson person)
    {
        var policy = policies.For(person.OrganizationId).Sessions;
        SessionEnd? reason = person.Standing.AccountIsDisabled ? SessionEnd.AccountDisabled
            : person.Standing.OrganizationIsDeactivated ? SessionEnd.OrganizationDeactivated
            : person.Standing.IsInactive ? SessionEnd.AccountInactive
            : person.PasswordIsReplaced ? SessionEnd.PasswordChanged
            : SessionRules.Decide(person.StartedAt, person.LastSeenAt, person.EndedAt, policy, clock.Now) switch
            {
                SessionState.Live => null,
                SessionState.IdleTooLong => SessionEnd.IdleTooLong,
                SessionState.TooOld => SessionEnd.TooOld,
                SessionState.Ended => person.EndedBecause ?? SessionEnd.SignedOut,
            };

        if (reason is { } because && person.EndedAt is null)
        {
            await sessions.EndAsync(person, because, Context.RequestAborted);
        }

        return reason;
    }
}

/// <summary>Marks endpoints that are the same for everybody, such as files and health: no session is looked up for them.</summary>
public sealed class NeedsNoSession;
