using Cardea.Data;
using Cardea.Features.SignIn;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors;

/// <summary>What counting found. Only <see cref="Counted"/> may be evaluated.</summary>
public abstract record CountedFactorTry
{
    /// <param name="Failures">In a row, this try included.</param>
    public sealed record Counted(int Failures) : CountedFactorTry;

    public sealed record Locked(int Minutes) : CountedFactorTry;
}

/// <summary>
/// Counts codes before they are looked at, as <see cref="SignIn.Tries.SignInTries"/> counts passwords: the fifth in a row locks, and being
/// right clears the count. Whoever gets here has proven the password, so nothing is counted by where they come from.
/// </summary>
public sealed class FactorTries(AppDbContext db, TimeProvider clock)
{
    public async Task<CountedFactorTry> CountAsync(Guid accountId, FactorTryWay way, LockPolicy policy, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var raised = await RaiseAsync(accountId, way, policy, now, cancellationToken);
        await write.CommitAsync(cancellationToken);
        if (raised is [var row])
        {
            return new CountedFactorTry.Counted(row.Failures);
        }

        var lockedUntil = await db.FactorTries
            .Where(t => t.AccountId == accountId && t.Way == way).Select(t => t.LockedUntil).SingleOrDefaultAsync(cancellationToken);
        return new CountedFactorTry.Locked(LockRules.WholeMinutesLeft(lockedUntil, now));
    }

    /// <summary>After a right code, and after a reset. Part of the caller's transaction.</summary>
    public Task ForgetAsync(Guid accountId, FactorTryWay way, CancellationToken cancellationToken) =>
        db.FactorTries.Where(t => t.AccountId == accountId && t.Way == way).ExecuteDeleteAsync(cancellationToken);

    /// <summary>
    /// By somebody who may unlock the account: nobody has to wait any more, and codes are looked at beside reset links again. What was counted at the
    /// sign-in stays, for only the right code may clear it (N-07). Part of the caller's transaction.
    /// </summary>
    /// <returns>Whether there was anything to unlock.</returns>
    public async Task<bool> UnlockAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var forgotten = await db.FactorTries
            .Where(t => t.AccountId == accountId && (t.Way == FactorTryWay.AuthenticatorAtReset || t.Way == FactorTryWay.RecoveryCodeAtReset))
            .ExecuteDeleteAsync(cancellationToken);
        var waits = await db.FactorTries
            .Where(t => t.AccountId == accountId && t.LockedUntil > now)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.LockedUntil, DateTimeOffset.UnixEpoch), cancellationToken);
        return forgotten + waits > 0;
    }

    /// <summary>Nothing comes back while it is locked.</summary>
    private Task<List<FactorTry>> RaiseAsync(
        Guid accountId, FactorTryWay way, LockPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = policy.FailuresBeforeLock;
        var at = db.Stored(now);
        var latestEnd = db.Stored(LockRules.LatestEnd(policy, now));
        return db.FactorTries.FromSql($"""
            INSERT INTO "FactorTries" ("AccountId", "Way", "Failures", "LockedUntil")
            VALUES ({accountId}, {way.ToString()}, 1, {db.Stored(DateTimeOffset.UnixEpoch)})
            ON CONFLICT ("AccountId", "Way") DO UPDATE SET
                "Failures" = "FactorTries"."Failures" + 1,
                "LockedUntil" = CASE
                    WHEN "FactorTries"."Failures" + 1 < {limit} THEN "FactorTries"."LockedUntil"
                    ELSE CASE "FactorTries"."Failures" + 1 - {limit}
                        WHEN 0 THEN {Until(0)} WHEN 1 THEN {Until(1)} WHEN 2 THEN {Until(2)} WHEN 3 THEN {Until(3)} WHEN 4 THEN {Until(4)}
                        ELSE {Until(SignInSettings.MostDoublings)} END
                    END
            WHERE "FactorTries"."LockedUntil" <= {at} OR "FactorTries"."LockedUntil" > {latestEnd}
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);

        object Until(int doublings) => db.Stored(now + LockRules.LockAfter(limit + doublings, policy));
    }
}
