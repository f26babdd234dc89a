using Cardea.Features.Accounts;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.Sessions;

/// <summary>Who this request is from: the live session of its cookie, with all that pages and the gate ask about the person, read in one statement.</summary>
public sealed record SignedInPerson
{
    public required Guid SessionId { get; init; }

    /// <summary>By which this request found the session.</summary>
    public SessionSecret Secret { get; init; }

    /// <summary>Whether the secret before this one still leads to it (<see cref="Session.FormerSecretHash"/>).</summary>
    public required bool FormerSecretWaits { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public required bool IsComplete { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required SessionEnd? EndedBecause { get; init; }

    public required string PlannedSteps { get; init; }

    /// <summary>See <see cref="Session.Roles"/>.</summary>
    public required Roles RolesUntilNow { get; init; }

    /// <summary>Since it was proven for this session (<see cref="Session.PasswordSetAt"/>).</summary>
    public required bool PasswordIsReplaced { get; init; }

    /// <summary>See <see cref="Session.SecondFactorAt"/>.</summary>
    public required DateTimeOffset? SecondFactorAt { get; init; }

    /// <summary>See <see cref="Session.SecondFactorStrength"/>.</summary>
    public required FactorKinds SecondFactorStrength { get; init; }

    /// <summary>See <see cref="Session.SecondFactorIsRemembered"/>.</summary>
    public required bool SecondFactorIsRemembered { get; init; }

    /// <summary>See <see cref="Session.AuthenticationMethods"/>.</summary>
    public required string AuthenticationMethods { get; init; }

    public required byte[]? FormHash { get; init; }

    public required DateTimeOffset? PreviousSignInAt { get; init; }

    public required string? PreviousSignInFrom { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required string Username { get; init; }

    public required string? Email { get; init; }

    /// <summary>See <see cref="Account.EmailRefusedAt"/>.</summary>
    public required DateTimeOffset? EmailRefusedAt { get; init; }

    public required string? Language { get; init; }

    public required string OrganizationCode { get; init; }

    public required string OrganizationName { get; init; }

    public required OrganizationType OrganizationType { get; init; }

    /// <summary>IANA id; null for that of the organization.</summary>
    public required string? OwnTimeZone { get; init; }

    public required string OrganizationTimeZone { get; init; }

    /// <summary>IANA id in which times are shown to this person.</summary>
    public string TimeZone => OwnTimeZone ?? OrganizationTimeZone;

    public required Standing Standing { get; init; }

    public Guid AccountId => Standing.AccountId;

    public Guid OrganizationId => Standing.OrganizationId;

    public Audience Audience => Standing.Audience;

    public string DisplayName => $"{GivenName} {FamilyName}";
}

/// <summary>The secret itself, which must not get into any text that this record gets into.</summary>
public readonly record struct SessionSecret(string Value)
{
    public override string ToString() => "(secret)";
}

/// <summary>Marks pages whose form belongs to nobody: whoever is still signed in counts as the former person there, so a form opened before goes on working.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignsInAfreshAttribute : Attribute;

/// <summary>See <see cref="SignedInPersonFeature"/>.</summary>
public sealed record Former(SignedInPerson Person);

/// <summary>Somebody who came back after their session had ended, or while it ended.</summary>
public sealed record Ended(SignedInPerson Person, SessionEnd Because);

public static class SignedInPersonFeature
{
    extension(HttpContext context)
    {
        /// <summary>On a page that <see cref="SignsInAfreshAttribute">signs in afresh</see>: the live session this browser still has.</summary>
        public SignedInPerson? FormerSession => context.Features.Get<Former>()?.Person;

        /// <summary>Null when nobody is signed in.</summary>
        public SignedInPerson? Person => context.Features.Get<SignedInPerson>();

        /// <summary>For pages that only a session reaches.</summary>
        public SignedInPerson RequiredPerson =>
            context.Person ?? throw new InvalidOperationException("This page is reached with a session only: its policy is missing.");
    }
}
