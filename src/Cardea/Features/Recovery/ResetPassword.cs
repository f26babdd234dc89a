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
    /// <param name="ticket">See <see cref="ProveResetOutcome.Proven"/>.</param>
    /// <param name="deviceSecret">Of this browser: wrong passwords from elsewhere do not keep its person out any more (S0-08).</param>
    public async Task<ResetPasswordOutcome> RunAsync(string? ticket, string replacement, string deviceSecret, CancellationToken cancellationToken)
    {
        if (await links.FindByTicketAsync(ticket, cancellationToken) is not { Person: var person } link)
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
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await ForgetLockAsync(person, cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        if (await links.FindByTicketAsync(ticket, cancellationToken) is null   // hashing took a while: whatever ends a link has ended it until now
            || !await onFile.ReplaceAsync(person.AccountId, person.OrganizationId, person.PasswordSetAt, hash, isTemporary: false, cancellationToken))
        {
            return new ResetPasswordOutcome.ProofIsOver();
        }

        await MarkUsedAsync(link, deviceSecret, cancellationToken);
        var ended = await sessions.EndAllAsync(person.AccountId, butSession: null, SessionEnd.PasswordChanged, cancellationToken);
        outbox.Add(new PasswordChangedMail(person.AccountId, person.Email!, person.DisplayName, person.Language, now, person.TimeZone));
        audit.Add(new PasswordReset(person.AccountId, person.OrganizationId, ended));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ResetPasswordOutcome.Done(person.Audience);
    }

    private Task ForgetLockAsync(RecoveringPerson person, CancellationToken cancellationToken)
    {
        var policy = policies.For(person.OrganizationId);
        var identifier = SignInName.IdentifierFor(person.Audience, policy.Identifier);
        return tries.ForgetTemporaryAsync(
            TryKey.NameOf(person.Audience, identifier, person.OrganizationCode, person.Username), policy.Lock.HardStopAfter, cancellationToken);
    }

    private async Task MarkUsedAsync(OpenLink link, string deviceSecret, CancellationToken cancellationToken)
    {
        var device = Secrets.Hash(deviceSecret);
        var setAt = await db.Accounts.Where(account => account.Id == link.Person.AccountId).Select(account => account.PasswordSetAt).SingleAsync(cancellationToken);
        await db.ResetLinks
            .Where(l => l.Id == link.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, setAt).SetProperty(l => l.DeviceHash, device), cancellationToken);
    }
}
