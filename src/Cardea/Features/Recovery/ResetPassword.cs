using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Passwords;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

public abstract record ResetPasswordOutcome
{
    /// <summary>Nobody is signed in by it.</summary>
    public sealed record Done(Audience Audience) : ResetPasswordOutcome;

    public sealed record Refused(IReadOnlyList<PasswordRefusal> Reasons) : ResetPasswordOutcome;

    /// <summary>Half an hour is over, or the account has changed meanwhile: a new link is needed.</summary>
    public sealed record ProofIsOver : ResetPasswordOutcome;

    public sealed record TooBusy : ResetPasswordOutcome;
}

/// <summary>
/// Sets the new password of somebody who has proven all that was asked for (S2-36). It ends all sessions and the temporary lock, but signs nobody
/// in: a second factor is asked for at the sign-in, as ever (V6.4.3).
/// </summary>
public sealed class ResetPassword(
    AppDbContext db,
    PolicyBook policies,
    ResetLinks links,
    PasswordChecker passwords,
    PasswordsOnFile onFile,
    HashingGate hashing,
    SignInTries tries,
    SessionStore sessions,
    Outbox outbox,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <param name="proof">See <see cref="ProveResetOutcome.Proven"/>.</param>
    /// <param name="deviceSecret">Of this browser: wrong passwords from elsewhere do not keep its person out any more (S0-08).</param>
    public async Task<ResetPasswordOutcome> RunAsync(string? proof, string replacement, string deviceSecret, CancellationToken cancellationToken)
    {
        if (await links.FindProvenAsync(proof, cancellationToken) is not { Person: var person } link)
        {
            return new ResetPasswordOutcome.ProofIsOver();
        }

        if (await passwords.CheckAsync(replacement, person.Words, cancellationToken) is { Count: > 0 } reasons)
        {
            return new ResetPasswordOutcome.Refused(reasons);
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ResetPasswordOutcome.TooBusy();
        }

        if (await onFile.FindReuseAsync(place, person.AccountId, person.OrganizationId, replacement, cancellationToken) is { } reuse)
        {
            return new ResetPasswordOutcome.Refused([reuse]);
        }

        var hash = await place.HashAsync(replacement);
        var (now, device) = (clock.Now, Secrets.Hash(deviceSecret));

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var used = await db.ResetLinks
            .Where(l => l.Id == link.Id && l.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now).SetProperty(l => l.DeviceHash, device), cancellationToken);
        if (used == 0
            || !await onFile.ReplaceAsync(person.AccountId, person.OrganizationId, person.PasswordSetAt, hash, isTemporary: false, cancellationToken))
        {
            return new ResetPasswordOutcome.ProofIsOver();
        }

        var policy = policies.For(person.OrganizationId);
        var identifier = SignInName.IdentifierFor(person.Audience, policy.Identifier);
        await tries.ForgetTemporaryAsync(
            TryKey.NameOf(person.Audience, identifier, person.OrganizationCode, person.Username), policy.Lock.HardStopAfter, cancellationToken);
        var ended = await sessions.EndAllAsync(person.AccountId, butSession: null, SessionEnd.PasswordChanged, cancellationToken);
        outbox.Add(new PasswordChangedMail(person.AccountId, person.Email!, person.DisplayName, person.Language, now, person.TimeZone));
        audit.Add(new PasswordReset(person.AccountId, person.OrganizationId, ended));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ResetPasswordOutcome.Done(person.Audience);
    }
}
