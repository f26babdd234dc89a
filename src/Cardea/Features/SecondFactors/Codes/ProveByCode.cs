using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>
/// Checks a code that was sent (S0-06, S1-06). As for passwords: a place at the gate, then the try is counted and committed, then the hash, then
/// the outcome in a transaction of its own. The tries of the person are counted beside those of the code: asking for another code never sets
/// them back (S1-07).
/// </summary>
public sealed class ProveByCode(
    AppDbContext db, PolicyBook policies, FactorWays ways, HashingGate hashing, FactorTries tries, CodeTries codes, SessionStore sessions,
    AuditTrail audit, TimeProvider clock)
{
    /// <param name="kind">Email or Text.</param>
    /// <param name="code">Six digits.</param>
    public async Task<ProveOutcome> RunAsync(SignedInPerson person, FactorKinds kind, string code, CancellationToken cancellationToken)
    {
        if (!await ways.Working(person, kind).AnyAsync(cancellationToken))
        {
            return new ProveOutcome.Unusable();
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ProveOutcome.TooBusy();
        }

        var counted = await tries.CountAsync(
            person.AccountId, FactorTry.WayOf(kind), policies.For(person.OrganizationId).Lock, cancellationToken);
        if (counted is CountedFactorTry.Locked locked)
        {
            await ways.RefuseAsync(person, kind, failures: 0, SecondFactorRefusal.Locked);
            return new ProveOutcome.Locked(locked.Minutes);
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        var tried = await codes.CountAsync(person, kind, CancellationToken.None);
        var isRight = tried is not null && (await place.VerifyAsync(code, tried.CodeHash)).Matches;
        if (isRight && await AcceptAsync(person, tried!) is { } secret)
        {
            return new ProveOutcome.Proven(secret);
        }

        var failures = ((CountedFactorTry.Counted)counted).Failures;
        var refusal = tried is null ? SecondFactorRefusal.NoCode : isRight ? SecondFactorRefusal.UsedCode : SecondFactorRefusal.WrongCode;
        return await ways.RefuseAsync(person, kind, failures, refusal) ? new ProveOutcome.Unusable() : new ProveOutcome.NotAccepted();
    }

    /// <summary>Null when another request was first with this code, or the session or the factor is gone meanwhile.</summary>
    private async Task<string?> AcceptAsync(SignedInPerson person, SentCode code)
    {
        var now = clock.Now;
        var way = code.Kind is FactorKinds.Email ? ProvenWay.EmailCode : ProvenWay.TextCode;
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var used = await ways.Working(person, code.Kind)
            .Where(f => f.Kind == FactorKinds.Email || f.PhoneNumber == code.To)   // it may lie on a phone that is theirs no more
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastUsedAt, now), CancellationToken.None);
        if (used == 0
            || !await codes.SpendAsync(code, CancellationToken.None)
            || await sessions.ProveSecondFactorAsync(person, way, CancellationToken.None) is not { } secret)
        {
            return null;
        }

        await tries.ForgetAsync(person.AccountId, FactorTry.WayOf(code.Kind), CancellationToken.None);
        audit.Add(new SecondFactorProven(person.AccountId, person.SessionId, code.Kind.ToString()));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return secret;
    }
}
