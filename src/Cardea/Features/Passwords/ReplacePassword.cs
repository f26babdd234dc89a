using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Rules.Passwords;

namespace Cardea.Features.Passwords;

public abstract record ReplacePasswordOutcome
{
    /// <param name="SessionSecret">The session goes on under a new secret; all others of this person have ended.</param>
    public sealed record Replaced(string SessionSecret) : ReplacePasswordOutcome;

    public sealed record Refused(IReadOnlyList<PasswordRefusal> Reasons) : ReplacePasswordOutcome;

    /// <summary>Signed out, disabled, or the password was replaced by somebody else, since the form was sent: nothing was changed.</summary>
    public sealed record SessionIsOver : ReplacePasswordOutcome;

    public sealed record TooBusy : ReplacePasswordOutcome;
}

/// <summary>
/// Replaces the password with which a person has just signed in (S2-03, N-04, S2-17). The old one was typed a moment ago, so it is not asked for
/// again (WCAG 3.3.7); the new one must differ from it.
/// </summary>
public sealed class ReplacePassword(
    AppDbContext db,
    PasswordChecker passwords,
    PasswordsOnFile onFile,
    HashingGate hashing,
    SessionStore sessions,
    Outbox outbox,
    AuditTrail audit,
    TimeProvider clock)
{
    public async Task<ReplacePasswordOutcome> RunAsync(SignedInPerson person, string replacement, CancellationToken cancellationToken)
    {
        if (await passwords.CheckAsync(replacement, PersonalWords.Of(person), cancellationToken) is { Count: > 0 } reasons)
        {
            return new ReplacePasswordOutcome.Refused(reasons);
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ReplacePasswordOutcome.TooBusy();
        }

        if (await onFile.FindReuseAsync(place, person.AccountId, person.OrganizationId, replacement, cancellationToken) is { } reuse)
        {
            return new ReplacePasswordOutcome.Refused([reuse]);
        }

        var hash = await place.HashAsync(replacement);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (!await onFile.ReplaceAsync(
                person.AccountId, person.OrganizationId, person.Standing.PasswordSetAt, hash, isTemporary: false, cancellationToken)
            || await sessions.RenewAsync(person.SessionId, person.Secret.Value, now, cancellationToken) is not { } secret)
        {
            return new ReplacePasswordOutcome.SessionIsOver();
        }

        await sessions.EndAllAsync(person.AccountId, butSession: person.SessionId, SessionEnd.PasswordChanged, cancellationToken);
        if (person.Email is { } email)
        {
            outbox.Add(new PasswordChangedMail(person.AccountId, email, person.DisplayName, person.Language, now, person.TimeZone));
        }

        audit.Add(new PasswordReplaced(person.AccountId, person.Standing.PasswordIsTemporary, person.Standing.PasswordIsCompromised));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ReplacePasswordOutcome.Replaced(secret);
    }
}
