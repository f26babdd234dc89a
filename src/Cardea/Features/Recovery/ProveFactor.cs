using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Policies;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.Recovery;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>
/// The second proof where NIST is followed: a code of the authenticator app, or a recovery code (N-16). Counted for itself: whoever reads somebody's
/// mail must not lock, or take away, what their owner signs in with. In return there are few tries: after them nothing is looked at here any
/// more until somebody unlocks the account.
/// </summary>
public sealed class ProveFactor(
    AppDbContext db, PolicyBook policies, ResetLinks links, AuthenticatorKeys keys, FactorTries tries, HashingGate hashing, Outbox outbox,
    AuditTrail audit, TimeProvider clock)
{
    /// <param name="typed">Either kind of code, with whatever stands between its characters.</param>
    public async Task<ProveResetOutcome> RunAsync(string? secret, string typed, string language, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(secret, cancellationToken) is not { Proof: ProofAfterLink.SecondFactor } link)
        {
            return new ProveResetOutcome.LinkIsOver();
        }

        return OneTimeCodeRules.Read(typed) is { } code ? await ProveByAppAsync(link, code, cancellationToken)
            : RecoveryCodeRules.Read(typed) is { } kept ? await ProveByRecoveryCodeAsync(link, kept, language, cancellationToken)
            : new ProveResetOutcome.NoCode();
    }

    private async Task<ProveResetOutcome> ProveByAppAsync(OpenLink link, string code, CancellationToken cancellationToken)
    {
        const FactorTryWay Way = FactorTryWay.AuthenticatorAtReset;
        var person = link.Person;
        var counted = await tries.CountAsync(person.AccountId, Way, policies.For(person.OrganizationId).Lock, cancellationToken);
        if (counted is CountedFactorTry.Locked locked)
        {
            await RefuseAsync(person, Way, failures: 0);
            return new ProveResetOutcome.Locked(locked.Minutes);
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        var failures = ((CountedFactorTry.Counted)counted).Failures;
        if (failures > RecoveryRules.CodeTries)
        {
            await RefuseAsync(person, Way, failures);
            return new ProveResetOutcome.NoMoreCodes();
        }

        var now = clock.Now;
        foreach (var factor in await Apps(person).AsNoTracking().ToListAsync(CancellationToken.None))
        {
            if (TotpRules.Decide(keys.StepsOf(code, factor.ProtectedKey!, person.AccountId, now), factor.LastStep, now) is not TotpVerdict.Right { Step: var step })
            {
                continue;
            }

            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            var taken = await Apps(person)
                .Where(f => f.Id == factor.Id && (f.LastStep == null || f.LastStep < step))
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step).SetProperty(f => f.LastUsedAt, now), CancellationToken.None);
            if (taken == 1)
            {
                return await AcceptAsync(link, Way, write);
            }
        }

        return await RefuseAsync(person, Way, failures);
    }

    private async Task<ProveResetOutcome> ProveByRecoveryCodeAsync(OpenLink link, RecoveryCode code, string language, CancellationToken cancellationToken)
    {
        const FactorTryWay Way = FactorTryWay.RecoveryCodeAtReset;
        var person = link.Person;
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ProveResetOutcome.TooBusy();
        }

        var counted = await tries.CountAsync(person.AccountId, Way, policies.For(person.OrganizationId).Lock, cancellationToken);
        if (counted is CountedFactorTry.Locked locked)
        {
            await RefuseAsync(person, Way, failures: 0);
            return new ProveResetOutcome.Locked(locked.Minutes);
        }

        var failures = ((CountedFactorTry.Counted)counted).Failures;
        if (failures > RecoveryRules.CodeTries)
        {
            await RefuseAsync(person, Way, failures);
            return new ProveResetOutcome.NoMoreCodes();
        }

        var theirs = db.RecoveryCodes.Where(kept => kept.AccountId == person.AccountId);
        var hash = await theirs.Where(kept => kept.Position == code.Position).Select(kept => kept.CodeHash).SingleOrDefaultAsync(CancellationToken.None);
        if (hash is not null && (await place.VerifyAsync(code.Text, hash)).Matches)
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            if (await theirs.Where(kept => kept.Position == code.Position && kept.CodeHash == hash).ExecuteDeleteAsync(CancellationToken.None) == 1)
            {
                var left = await theirs.CountAsync(CancellationToken.None);
                audit.Add(new RecoveryCodeUsed(person.AccountId, left));
                outbox.Add(new RecoveryCodeUsedMail(person.AccountId, person.Email!, person.DisplayName, person.Language ?? language, left, clock.Now, person.TimeZone));
                return await AcceptAsync(link, Way, write);
            }
        }

        return await RefuseAsync(person, Way, failures);
    }

    private IQueryable<Factor> Apps(RecoveringPerson person)
    {
        var isAllowed = policies.For(person.OrganizationId).SecondFactors.Allowed.HasFlag(FactorKinds.Authenticator);
        return db.Factors.Where(f => isAllowed
            && f.AccountId == person.AccountId && f.Kind == FactorKinds.Authenticator && f.RemovedAt == null && f.BlockedAt == null);
    }

    private async Task<ProveResetOutcome> AcceptAsync(OpenLink link, FactorTryWay way, WriteTransaction write)
    {
        await tries.ForgetAsync(link.Person.AccountId, way, CancellationToken.None);
        if (await links.TrySpendAsync(link, CancellationToken.None) is not { } ticket)
        {
            return new ProveResetOutcome.LinkIsOver();
        }

        audit.Add(new ResetProven(link.Person.AccountId, link.Person.OrganizationId, way.ToString()));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new ProveResetOutcome.Proven(ticket);
    }

    private async Task<ProveResetOutcome> RefuseAsync(RecoveringPerson person, FactorTryWay way, int failures)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        audit.Add(new ResetProofRefused(person.AccountId, person.OrganizationId, way.ToString(), failures));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new ProveResetOutcome.NotAccepted(TriesLeft: null);
    }
}
