using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Recovery;

/// <summary>
/// Lets a person in whose phone is gone (S1-12). As for passwords: a place at the gate, then the try is counted and committed, then the hash,
/// then the outcome in a transaction of its own; the code is spent by deleting it.
/// </summary>
public sealed class ProveByRecoveryCode(
    AppDbContext db, PolicyBook policies, HashingGate hashing, FactorTries tries, SessionStore sessions, Outbox outbox, AuditTrail audit,
    TimeProvider clock)
{
    private const FactorTryWay Way = FactorTryWay.RecoveryCode;

    /// <param name="language">Of the page, so that the mail speaks as it did.</param>
    public async Task<ProveOutcome> RunAsync(SignedInPerson person, RecoveryCode code, string language, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ProveOutcome.TooBusy();
        }

        var policy = policies.For(person.OrganizationId).Lock;
        var counted = await tries.CountAsync(person.AccountId, Way, policy, cancellationToken);
        if (counted is CountedFactorTry.Locked locked)
        {
            await RefuseAsync(person, failures: 0, SecondFactorRefusal.Locked, isLast: false);
            return new ProveOutcome.Locked(locked.Minutes);
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        var failures = ((CountedFactorTry.Counted)counted).Failures;
        var hash = await db.RecoveryCodes
            .Where(kept => kept.AccountId == person.AccountId && kept.Position == code.Position)
            .Select(kept => kept.CodeHash).SingleOrDefaultAsync(CancellationToken.None);
        if (hash is null)
        {
            await RefuseAsync(person, failures, SecondFactorRefusal.UsedCode, isLast: false);
            return new ProveOutcome.NotAccepted();
        }

        if ((await place.VerifyAsync(code.Text, hash)).Matches && await AcceptAsync(person, code, hash, language) is { } secret)
        {
            return new ProveOutcome.Proven(secret);
        }

        await RefuseAsync(person, failures, SecondFactorRefusal.WrongCode, isLast: failures >= policy.HardStopAfter);
        return new ProveOutcome.NotAccepted();
    }

    /// <summary>Null when another request was first with this code, or the session is over.</summary>
    private async Task<string?> AcceptAsync(SignedInPerson person, RecoveryCode code, string hash, string language)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var spent = await db.RecoveryCodes
            .Where(kept => kept.AccountId == person.AccountId && kept.Position == code.Position && kept.CodeHash == hash)
            .ExecuteDeleteAsync(CancellationToken.None);
        if (spent == 0 || await sessions.ProveSecondFactorAsync(person, ProvenWay.RecoveryCode, CancellationToken.None) is not { } secret)
        {
            return null;
        }

        await tries.ForgetAsync(person.AccountId, Way, CancellationToken.None);
        await RemoveBlockedAsync(person.AccountId);
        var left = await db.RecoveryCodes.CountAsync(kept => kept.AccountId == person.AccountId, CancellationToken.None);
        audit.Add(new RecoveryCodeUsed(person.AccountId, left));
        audit.Add(new SecondFactorProven(person.AccountId, person.SessionId, nameof(FactorTryWay.RecoveryCode)));
        if (person.Email is { } email)
        {
            outbox.Add(new RecoveryCodeUsedMail(person.AccountId, email, person.DisplayName, language, left, clock.Now, person.TimeZone));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return secret;
    }

    /// <summary>The way is free for a new one.</summary>
    private async Task RemoveBlockedAsync(Guid accountId)
    {
        foreach (var factor in await db.Factors.Where(f => f.AccountId == accountId && f.BlockedAt != null && f.RemovedAt == null).ToListAsync(CancellationToken.None))
        {
            (factor.RemovedAt, factor.RemovedBecause) = (clock.Now, FactorEnd.Blocked);
            audit.Add(new FactorRemoved(accountId, factor.Kind.ToString(), FactorEnd.Blocked));
        }
    }

    /// <param name="isLast">So many in a row that somebody is guessing: all codes are worth nothing any more (N-07).</param>
    private async Task RefuseAsync(SignedInPerson person, int failures, SecondFactorRefusal refusal, bool isLast)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        audit.Add(new SecondFactorRefused(person.AccountId, person.SessionId, nameof(FactorTryWay.RecoveryCode), failures, refusal));
        if (isLast)
        {
            await db.RecoveryCodes.Where(kept => kept.AccountId == person.AccountId).ExecuteDeleteAsync(CancellationToken.None);
            await tries.ForgetAsync(person.AccountId, Way, CancellationToken.None);
            audit.Add(new FactorBlocked(person.AccountId, nameof(FactorTryWay.RecoveryCode)));
            if (person.Email is { } email)
            {
                outbox.Add(new RecoveryCodesBlockedMail(person.AccountId, email, person.DisplayName, person.Language, clock.Now, person.TimeZone));
            }
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
    }
}
