using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.Passwords;
using Microsoft.EntityFrameworkCore;

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
/// Replaces the password with which a person has just signed in (S2-03, S2-17). The old one was typed a moment ago, so it is not asked for
/// again (WCAG 3.3.7); the new one must differ from it.
/// </summary>
public sealed class ReplacePassword(
    AppDbContext db, PasswordChecker passwords, HashingGate hashing, SessionStore sessions, AuditTrail audit, TimeProvider clock)
{
    public async Task<ReplacePasswordOutcome> RunAsync(SignedInPerson person, string replacement, CancellationToken cancellationToken)
    {
        var words = new PersonalWords(person.OrganizationId, person.OrganizationCode, person.Username, person.GivenName, person.FamilyName);
        if (await passwords.CheckAsync(replacement, words, cancellationToken) is { Count: > 0 } reasons)
        {
            return new ReplacePasswordOutcome.Refused(reasons);
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ReplacePasswordOutcome.TooBusy();
        }

        var current = await db.Accounts.Where(account => account.Id == person.AccountId).Select(account => account.PasswordHash).SingleAsync(cancellationToken);
        if (current is not null && (await place.VerifyAsync(replacement, current)).Matches)
        {
            return new ReplacePasswordOutcome.Refused([PasswordRefusal.SameAsCurrent]);
        }

        var hash = await place.HashAsync(replacement);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var replaced = await db.Accounts
            .Where(account => account.Id == person.AccountId && account.PasswordSetAt == person.Standing.PasswordSetAt && account.DisabledAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(account => account.PasswordHash, hash)
                    .SetProperty(account => account.PasswordSetAt, now)
                    .SetProperty(account => account.PasswordIsTemporary, false),
                cancellationToken);
        if (replaced == 0 || await sessions.RenewAsync(person.SessionId, person.Secret.Value, now, cancellationToken) is not { } secret)
        {
            return new ReplacePasswordOutcome.SessionIsOver();
        }

        await sessions.EndAllAsync(person.AccountId, butSession: person.SessionId, SessionEnd.PasswordChanged, cancellationToken);
        audit.Add(new PasswordReplaced(person.AccountId, person.Standing.PasswordIsTemporary));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ReplacePasswordOutcome.Replaced(secret);
    }
}
