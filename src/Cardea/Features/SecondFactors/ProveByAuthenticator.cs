using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors;

/// <summary>What comes of typing a code at sign-in, whatever kind of code it is.</summary>
public abstract record ProveOutcome
{
    /// <param name="SessionSecret">The session can do more from now on, so it has a new one.</param>
    public sealed record Proven(string SessionSecret) : ProveOutcome
    {
        /// <summary>Without its secret.</summary>
        public override string ToString() => nameof(Proven);
    }

    /// <summary>Wrong, or used before.</summary>
    public sealed record NotAccepted : ProveOutcome;

    /// <param name="Minutes">See <see cref="TotpVerdict.ClockIsOff"/>.</param>
    public sealed record ClockIsOff(int Minutes) : ProveOutcome;

    public sealed record Locked(int Minutes) : ProveOutcome;

    /// <summary>See <see cref="Factor.BlockedAt"/>: another way is needed.</summary>
    public sealed record Blocked : ProveOutcome;

    public sealed record TooBusy : ProveOutcome;
}

/// <summary>
/// Checks the code of an authenticator app (S0-06, S0-09). The try is counted and committed before the code is looked at; the step of a right
/// one is taken by compare-and-set, so that of two requests with the same code, on whatever node, one gets in.
/// </summary>
public sealed class ProveByAuthenticator(
    AppDbContext db, PolicyBook policies, AuthenticatorKeys keys, FactorTries tries, SessionStore sessions, Outbox outbox, AuditTrail audit,
    TimeProvider clock)
{
    private const FactorTryWay Way = FactorTryWay.Authenticator;

    /// <param name="code">Six digits.</param>
    public async Task<ProveOutcome> RunAsync(SignedInPerson person, string code, CancellationToken cancellationToken)
    {
        if (!await Working(person.AccountId).AnyAsync(cancellationToken))
        {
            return new ProveOutcome.Blocked();
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
        var now = clock.Now;
        var factors = await Working(person.AccountId).AsNoTracking().ToListAsync(CancellationToken.None);
        var refusal = SecondFactorRefusal.WrongCode;
        var minutes = 0;
        foreach (var factor in factors)
        {
            switch (TotpRules.Decide(keys.StepsOf(code, factor.ProtectedKey!, person.AccountId, now), factor.LastStep, now))
            {
                case TotpVerdict.Right right when await AcceptAsync(person, factor, right.Step, now) is { } secret:
                    return new ProveOutcome.Proven(secret);
                case TotpVerdict.Right or TotpVerdict.Used:
                    refusal = SecondFactorRefusal.UsedCode;
                    break;
                case TotpVerdict.ClockIsOff off when refusal is SecondFactorRefusal.WrongCode:
                    (refusal, minutes) = (SecondFactorRefusal.ClockIsOff, off.Minutes);
                    break;
            }
        }

        await RefuseAsync(person, failures, refusal, isLast: failures >= policy.HardStopAfter);
        return failures >= policy.HardStopAfter ? new ProveOutcome.Blocked()
            : refusal is SecondFactorRefusal.ClockIsOff ? new ProveOutcome.ClockIsOff(minutes)
            : new ProveOutcome.NotAccepted();
    }

    /// <summary>Null when another request was first with this code, or the session or the factor is gone meanwhile.</summary>
    private async Task<string?> AcceptAsync(SignedInPerson person, Factor factor, long step, DateTimeOffset now)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var taken = await Working(person.AccountId)
            .Where(f => f.Id == factor.Id && (f.LastStep == null || f.LastStep < step))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step).SetProperty(f => f.LastUsedAt, now), CancellationToken.None);
        if (taken == 0 || await sessions.ProveSecondFactorAsync(person, ProvenWay.Authenticator, CancellationToken.None) is not { } secret)
        {
            return null;
        }

        await tries.ForgetAsync(person.AccountId, Way, CancellationToken.None);
        audit.Add(new SecondFactorProven(person.AccountId, person.SessionId, nameof(FactorKinds.Authenticator)));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return secret;
    }

    /// <param name="isLast">So many in a row that somebody is guessing: the key is worth nothing any more (N-07).</param>
    private async Task RefuseAsync(SignedInPerson person, int failures, SecondFactorRefusal refusal, bool isLast)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        audit.Add(new SecondFactorRefused(person.AccountId, person.SessionId, nameof(FactorKinds.Authenticator), failures, refusal));
        if (isLast)
        {
            var now = clock.Now;
            await Working(person.AccountId).ExecuteUpdateAsync(
                set => set.SetProperty(f => f.BlockedAt, now).SetProperty(f => f.ProtectedKey, (byte[]?)null), CancellationToken.None);
            await tries.ForgetAsync(person.AccountId, Way, CancellationToken.None);
            audit.Add(new FactorBlocked(person.AccountId, nameof(FactorKinds.Authenticator)));
            if (person.Email is { } email)
            {
                outbox.Add(new FactorBlockedMail(
                    person.AccountId, email, person.DisplayName, person.Language, FactorKinds.Authenticator, now, person.TimeZone));
            }
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
    }

    private IQueryable<Factor> Working(Guid accountId) => db.Factors
        .Where(f => f.AccountId == accountId && f.Kind == FactorKinds.Authenticator && f.RemovedAt == null && f.BlockedAt == null);
}
