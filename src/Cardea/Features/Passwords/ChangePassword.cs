using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Passwords;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Passwords;

/// <param name="Current">As typed; it must be proven, however the session was begun (V6.2.3).</param>
public sealed record ChangePasswordRequest(string Current, string Replacement)
{
    /// <summary>Without the passwords.</summary>
    public override string ToString() => nameof(ChangePasswordRequest);
}

public abstract record ChangePasswordOutcome
{
    /// <param name="SessionSecret">The session goes on under a new secret; all others of this person have ended.</param>
    public sealed record Changed(string SessionSecret) : ChangePasswordOutcome
    {
        public override string ToString() => nameof(Changed);
    }

    public sealed record Refused(IReadOnlyList<PasswordRefusal> Reasons) : ChangePasswordOutcome;

    public sealed record CurrentIsWrong : ChangePasswordOutcome;

    /// <summary>Too many wrong ones in this session: nothing was evaluated.</summary>
    public sealed record Locked(int Minutes) : ChangePasswordOutcome;

    public sealed record SessionIsOver : ChangePasswordOutcome;

    public sealed record TooBusy : ChangePasswordOutcome;
}

/// <summary>
/// Changes the password of somebody who is in (S2-11). Whoever finds an open session could guess here as at the sign-in page, so tries at the
/// current one are counted in the same way: by the session, from whatever device and network they come.
/// </summary>
public sealed class ChangePassword(
    AppDbContext db,
    PolicyBook policies,
    PasswordChecker passwords,
    PasswordsOnFile onFile,
    HashingGate hashing,
    SignInTries tries,
    SessionStore sessions,
    Outbox outbox,
    AuditTrail audit,
    TimeProvider clock)
{
    public async Task<ChangePasswordOutcome> RunAsync(SignedInPerson person, ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        // What no rule allows is said before a try is spent.
        if (await passwords.CheckAsync(request.Replacement, PersonalWords.Of(person), cancellationToken) is { Count: > 0 } reasons)
        {
            return new ChangePasswordOutcome.Refused(reasons);
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ChangePasswordOutcome.TooBusy();
        }

        var policy = policies.For(person.OrganizationId);
        var key = new TryKey(
            TryKey.NameOf(person.Audience, SignInName.IdentifierFor(person.Audience, policy.Identifier), person.OrganizationCode, person.Username),
            TryKey.SessionSource(person.SessionId),   // nothing that the browser says: each made-up device would bring new tries
            PassesHardStop: true);
        var counted = await tries.CountAsync(key, policy.Lock, cancellationToken);
        if (counted is not CountedTry.Counted)
        {
            return new ChangePasswordOutcome.Locked(counted is CountedTry.Locked locked ? locked.Minutes : 1);
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        var current = await db.Accounts.Where(account => account.Id == person.AccountId).Select(account => account.PasswordHash).SingleAsync(CancellationToken.None);
        var secret = request.Current.Length <= PasswordRules.LongestInputUnits ? request.Current : "";
        if (current is null || !(await place.VerifyAsync(secret, current)).Matches)
        {
            await RefuseAsync(person);
            return new ChangePasswordOutcome.CurrentIsWrong();
        }

        if (await onFile.FindReuseAsync(place, person.AccountId, person.OrganizationId, request.Replacement, CancellationToken.None) is { } reuse)
        {
            await RedeemAsync(key);
            return new ChangePasswordOutcome.Refused([reuse]);
        }

        return await ReplaceAsync(person, key, await place.HashAsync(request.Replacement));
    }

    private async Task<ChangePasswordOutcome> ReplaceAsync(SignedInPerson person, TryKey key, string hash)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await tries.RedeemAsync(key, CancellationToken.None);
        if (!await onFile.ReplaceAsync(
                person.AccountId, person.OrganizationId, person.Standing.PasswordSetAt, hash, isTemporary: false, CancellationToken.None)
            || await sessions.RenewAsync(person.SessionId, person.Secret.Value, now, CancellationToken.None) is not { } secret)
        {
            return new ChangePasswordOutcome.SessionIsOver();
        }

        var ended = await sessions.EndAllAsync(person.AccountId, butSession: person.SessionId, SessionEnd.PasswordChanged, CancellationToken.None);
        if (person.Email is { } email)
        {
            outbox.Add(new PasswordChangedMail(person.AccountId, email, person.DisplayName, person.Language, now, person.TimeZone));
        }

        audit.Add(new PasswordChanged(person.AccountId, ended));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new ChangePasswordOutcome.Changed(secret);
    }

    private async Task RedeemAsync(TryKey key)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await tries.RedeemAsync(key, CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
    }

    private async Task RefuseAsync(SignedInPerson person)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        audit.Add(new PasswordChangeRefused(person.AccountId));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
    }
}
