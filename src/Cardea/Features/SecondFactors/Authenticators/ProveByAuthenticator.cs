using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Authenticators;

/// <summary>
/// Checks the code of an authenticator app (S0-06, S0-09). The try is counted and committed before the code is looked at; the step of a right
/// one is taken by compare-and-set, so that of two requests with the same code, on whatever node, one gets in.
/// </summary>
public sealed class ProveByAuthenticator(
    AppDbContext db, PolicyBook policies, FactorWays ways, AuthenticatorKeys keys, FactorTries tries, SessionStore sessions, AuditTrail audit,
    TimeProvider clock)
{
    private const FactorKinds Kind = FactorKinds.Authenticator;
    private const FactorTryWay Way = FactorTryWay.Authenticator;

    /// <param name="code">Six digits.</param>
    public async Task<ProveOutcome> RunAsync(SignedInPerson person, string code, CancellationToken cancellationToken)
    {
        if (!await ways.Working(person, Kind).AnyAsync(cancellationToken))
        {
            return new ProveOutcome.Unusable();
        }

        var policy = policies.For(person.OrganizationId).Lock;
        var counted = await tries.CountAsync(person.AccountId, Way, policy, cancellationToken);
        if (counted is CountedFactorTry.Locked locked)
        {
            await ways.RefuseAsync(person, Kind, failures: 0, SecondFactorRefusal.Locked);
            return new ProveOutcome.Locked(locked.Minutes);
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        var failures = ((CountedFactorTry.Counted)counted).Failures;
        var now = clock.Now;
        var factors = await ways.Working(person, Kind).AsNoTracking().ToListAsync(CancellationToken.None);
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

        return await ways.RefuseAsync(person, Kind, failures, refusal) ? new ProveOutcome.Unusable()
            : refusal is SecondFactorRefusal.ClockIsOff ? new ProveOutcome.ClockIsOff(minutes)
            : new ProveOutcome.NotAccepted();
    }

    /// <summary>Null when another request was first with this code, or the session or the factor is gone meanwhile.</summary>
    private async Task<string?> AcceptAsync(SignedInPerson person, Factor factor, long step, DateTimeOffset now)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var taken = await ways.Working(person, Kind)
            .Where(f => f.Id == factor.Id && (f.LastStep == null || f.LastStep < step))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step).SetProperty(f => f.LastUsedAt, now), CancellationToken.None);
        if (taken == 0 || await sessions.ProveSecondFactorAsync(person, ProvenWay.Authenticator, CancellationToken.None) is not { } secret)
        {
            return null;
        }

        await tries.ForgetAsync(person.AccountId, Way, CancellationToken.None);
        audit.Add(new SecondFactorProven(person.AccountId, person.SessionId, Kind.ToString()));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return secret;
    }
}
