using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SignIn;

/// <summary>What was proven, by which browser.</summary>
public sealed record ProvenSignIn
{
    /// <summary>RFC 8176 values.</summary>
    public required string Methods { get; init; }

    /// <summary>None where no second factor was proven.</summary>
    public FactorKinds SecondFactor { get; init; }

    /// <summary>It is not asked for on this device (S1-08).</summary>
    public bool SecondFactorIsRemembered { get; init; }

    public required string FormId { get; init; }

    public required string DeviceSecret { get; init; }

    public required string Address { get; init; }

    public required string UserAgent { get; init; }
}

/// <summary>A session that has just begun.</summary>
/// <param name="Due">What is due first; null when nothing is.</param>
public sealed record BegunSession(string Secret, JourneyStep? Due)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(BegunSession);
}

/// <summary>Begins the session of somebody who has proven who they are: by whichever way, the same journey is before them .</summary>
public sealed class BeginSession(AppDbContext db, SignInJourney journey, SessionStore sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// Part of the caller's transaction, which saves. A returning person to whom nothing is due is in at once (S2-14): their session is complete
    /// from its first moment.
    /// </summary>
    public async Task<BegunSession> RunAsync(NamedAccount found, ProvenSignIn proven)
    {
        var now = clock.Now;
        var standing = found.Standing with
        {
            SecondFactorIsProven = proven.SecondFactor is not FactorKinds.None || proven.SecondFactorIsRemembered,
            OrganizationIsOpen = found.WorksForSeveral,
        };
        var due = journey.Due(standing);
        var secret = Secrets.New();
        var session = new Session
        {
            Id = clock.NewId(),
            SecretHash = Secrets.Hash(secret),
            AccountId = standing.AccountId,
            OrganizationId = standing.OrganizationId,
            StartedAt = now,
            LastSeenAt = now,
            CompletedAt = due.Count == 0 ? now : null,
            PlannedSteps = string.Join(' ', due.Select(step => step.Name)),
            Roles = standing.OrganizationIsOpen ? Roles.None : standing.Roles,
            PasswordSetAt = standing.PasswordSetAt,
            SecondFactorAt = proven.SecondFactor is FactorKinds.None ? null : now,
            SecondFactorStrength = proven.SecondFactor,
            SecondFactorIsRemembered = proven.SecondFactorIsRemembered,
            AuthenticationMethods = proven.Methods,
            Address = proven.Address,
            UserAgent = UnicodeText.Start(proven.UserAgent, Session.UserAgentMaxLength),
            DeviceHash = Secrets.Hash(proven.DeviceSecret),
            NewDeviceSince = found is { IsKnownDevice: false, LastSignInCompletedAt: not null } ? now : null,
            FormHash = Secrets.Hash(proven.FormId),
            PreviousSignInAt = found.LastSignInCompletedAt,
            PreviousSignInFrom = found.LastSignInFrom,
        };
        db.Sessions.Add(session);
        audit.Add(new SignInSucceeded(standing.AccountId, standing.OrganizationId, session.Id, session.AuthenticationMethods, due.Count == 0));
        if (due.Count == 0)
        {
            await sessions.NoteCompletedSignInAsync(standing.AccountId, proven.Address, now, CancellationToken.None);
        }

        return new(secret, due is [var first, ..] ? first : null);
    }
}
