using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>
/// The password at the end of a mailed link, for the two operations that set one: a reset, and an invitation. It ends all sessions and the temporary
/// lock, but signs nobody in: a second factor is asked for at the sign-in, as ever (V6.4.3).
/// </summary>
public sealed class PasswordByLink(
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
    /// <param name="findLink">By what the browser showed. Asked again after the hash: whatever ends a link has ended it until then.</param>
    /// <param name="happened">What the audit trail says of this person, and of how many of their sessions were ended.</param>
    public async Task<ResetPasswordOutcome> SetAsync<TEvent>(
        Func<Task<OpenLink?>> findLink, string replacement, string deviceSecret, Func<RecoveringPerson, int, TEvent> happened, CancellationToken cancellationToken)
        where TEvent : IAuditEvent
    {
        if (await findLink() is not { Person: var person } link)
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
        if (await findLink() is null
            || !await onFile.ReplaceAsync(person.AccountId, person.OrganizationId, person.PasswordSetAt, hash, isTemporary: false, cancellationToken)
            || !await TryUseAsync(link, deviceSecret, cancellationToken))
        {
            return new ResetPasswordOutcome.ProofIsOver();
        }

        var ended = await sessions.EndAllAsync(person.AccountId, butSession: null, SessionEnd.PasswordChanged, cancellationToken);
        outbox.Add(new PasswordChangedMail(person.AccountId, person.Email!, person.DisplayName, person.Language, now, person.TimeZone));
        audit.Add(happened(person, ended));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ResetPasswordOutcome.Done(person.Audience);
    }

    private async Task ForgetLockAsync(RecoveringPerson person, CancellationToken cancellationToken)
    {
        var hardStopAfter = policies.For(person.OrganizationId).Lock.HardStopAfter;
        foreach (var name in await db.TryKeysOfAsync(person.AccountId, cancellationToken))
        {
            await tries.ForgetTemporaryAsync(name, hardStopAfter, cancellationToken);
        }
    }

    /// <summary>An invitation, beside which nothing is proven first, is spent by it.</summary>
    private async Task<bool> TryUseAsync(OpenLink link, string deviceSecret, CancellationToken cancellationToken)
    {
        var device = Secrets.Hash(deviceSecret);
        var setAt = await db.Accounts.Where(account => account.Id == link.Person.AccountId).Select(account => account.PasswordSetAt).SingleAsync(cancellationToken);
        return await db.ResetLinks
            .Where(l => l.Id == link.Id && l.UsedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(l => l.UsedAt, setAt)
                    .SetProperty(l => l.ProvenAt, l => l.ProvenAt ?? setAt)
                    .SetProperty(l => l.DeviceHash, device),
                cancellationToken) == 1;
    }
}
