using System.Security.Cryptography;
using System.Text;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn.Tries;

/// <summary>Whose tries are counted: the typed name, and where they come from.</summary>
/// <param name="Name">See <see cref="SignInTry.NameKey"/>.</param>
/// <param name="Source">The known device, else the client address (S0-08).</param>
/// <param name="PassesHardStop">A known device, and the last usable operator, are never stopped for good from outside (S0-08).</param>
public sealed record TryKey(byte[] Name, string Source, bool PassesHardStop)
{
    /// <summary>Tries at the name of a patient are none at the same name of a member of staff: no code that can be typed has a NUL.</summary>
    public static byte[] NameOf(Audience audience, IdentifierKind identifier, string? organizationCode, string name)
    {
        var code = audience is Audience.Patient ? "patient\0" : identifier is IdentifierKind.OrganizationCodeAndUsername ? organizationCode : "";
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{code}\0{SignInName.Kept(identifier, name)}"));
    }

    /// <summary>Such tries are at the current password of somebody who is in, and hold up no sign-in.</summary>
    public const string AnySession = "session ";

    public static string SessionSource(Guid sessionId) => $"{AnySession}{sessionId:N}";

    public static string DeviceSource(string deviceSecret) => $"device {Convert.ToHexStringLower(Secrets.Hash(deviceSecret))[..32]}";
}

/// <summary>What counting found. Only <see cref="Counted"/> may be evaluated.</summary>
public abstract record CountedTry
{
    /// <param name="Failures">Unredeemed tries from this source, this one included.</param>
    /// <param name="FailuresInAll">The same over all sources.</param>
    public sealed record Counted(int Failures, int FailuresInAll) : CountedTry;

    public sealed record Locked(int Minutes) : CountedTry;

    public sealed record HardLocked : CountedTry;
}

/// <summary>
/// Counts tries before their password is looked at, in one statement, so that no number of parallel guesses gets past the limit, and
/// gives them back when the password was right.
/// </summary>
public sealed class SignInTries(AppDbContext db, TimeProvider clock)
{
    public async Task<CountedTry> CountAsync(TryKey key, LockPolicy policy, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using (var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers))
        {
            var rows = await RaiseAsync(key, policy, now, cancellationToken);
            var here = rows.SingleOrDefault(row => row.Source == key.Source);
            var everywhere = rows.SingleOrDefault(row => row.Source == SignInTry.AnySource);
            if (here is not null && everywhere is not null)
            {
                await write.CommitAsync(cancellationToken);
                return new CountedTry.Counted(here.Failures, everywhere.Failures);
            }

            // Refused on one of its two rows: disposing the transaction takes back what the other had counted.
        }

        var locks = await db.SignInTries.AsNoTracking()
            .Where(row => row.NameKey == key.Name && row.Source == key.Source).ToListAsync(cancellationToken);
        return locks.SingleOrDefault() is { } row && LockRules.Holds(row.LockedUntil, policy, now)
            ? new CountedTry.Locked(LockRules.WholeMinutesLeft(row.LockedUntil, now))
            : new CountedTry.HardLocked();
    }

    /// <summary>
    /// Takes a right try back, and with it the person's own earlier failures from here; the sum loses as many, so those of strangers stay. Part
    /// of the caller's transaction. The first of the two statements, sent as one command, locks the row of this source: right tries at the same
    /// moment take turns from there on, and whatever one has taken off is not there for the next. Everybody locks that row before the sum's.
    /// </summary>
    public Task RedeemAsync(TryKey key, CancellationToken cancellationToken)
    {
        var never = db.Stored(DateTimeOffset.UnixEpoch);
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "SignInTries" SET "LockedUntil" = {never} WHERE "NameKey" = {key.Name} AND "Source" = {key.Source};
            UPDATE "SignInTries"
            SET "Failures" = CASE
                WHEN "SignInTries"."Source" = {SignInTry.AnySource} AND "SignInTries"."Failures" > here."Failures"
                THEN "SignInTries"."Failures" - here."Failures" ELSE 0 END
            FROM "SignInTries" AS here
            WHERE here."NameKey" = {key.Name} AND here."Source" = {key.Source}
                AND "SignInTries"."NameKey" = {key.Name} AND "SignInTries"."Source" IN ({key.Source}, {SignInTry.AnySource})
            """,
            cancellationToken);
    }

    /// <summary>
    /// Forgets all failures of a name, from everywhere. False when there were none. Part of the caller's transaction. The sum comes last, as for
    /// everybody who locks these rows.
    /// </summary>
    public async Task<bool> ForgetAsync(byte[] name, CancellationToken cancellationToken)
    {
        var forgotten = await ForgetAsync(db.SignInTries.Where(row => row.NameKey == name && row.Source != SignInTry.AnySource), cancellationToken);
        return await ForgetAsync(db.SignInTries.Where(row => row.NameKey == name && row.Source == SignInTry.AnySource), cancellationToken) + forgotten > 0;
    }

    /// <summary>As <see cref="ForgetAsync(byte[], CancellationToken)"/>, but what has stopped the name everywhere stays until somebody unlocks it (S2-36).</summary>
    public async Task ForgetTemporaryAsync(byte[] name, int hardStopAfter, CancellationToken cancellationToken)
    {
        await ForgetAsync(db.SignInTries.Where(row => row.NameKey == name && row.Source != SignInTry.AnySource), cancellationToken);
        await ForgetAsync(
            db.SignInTries.Where(row => row.NameKey == name && row.Source == SignInTry.AnySource && row.Failures < hardStopAfter), cancellationToken);
    }

    /// <summary>
    /// Forgets names that nobody goes by any more, so that nothing waits there for whoever is called so next. Part of the caller's transaction. The
    /// sums come last, as for everybody who locks these rows.
    /// </summary>
    public async Task ForgetNamesAsync(IQueryable<SignInName> names, CancellationToken cancellationToken)
    {
        var rows = db.SignInTries.Where(row => names.Any(name => name.TryKey == row.NameKey));
        await rows.Where(row => row.Source != SignInTry.AnySource).ExecuteDeleteAsync(cancellationToken);
        await rows.Where(row => row.Source == SignInTry.AnySource).ExecuteDeleteAsync(cancellationToken);
    }

    private static Task<int> ForgetAsync(IQueryable<SignInTry> rows, CancellationToken cancellationToken) =>
        rows.Where(row => row.Failures > 0).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Failures, 0).SetProperty(row => row.LockedUntil, DateTimeOffset.UnixEpoch), cancellationToken);

    /// <summary>True once a day: then the owner of a locked name is written to (S0-07). Part of the caller's transaction.</summary>
    public async Task<bool> MayTellOwnerAsync(TryKey key, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var aDayAgo = now.AddDays(-1);
        return await db.SignInTries
            .Where(row => row.NameKey == key.Name && row.Source == SignInTry.AnySource && (row.OwnerToldAt == null || row.OwnerToldAt <= aDayAgo))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.OwnerToldAt, now), cancellationToken) == 1;
    }

    /// <summary>
    /// One statement raises both rows, in the same order for everybody. A row comes back only when it was free to be raised: the source not
    /// locked, the sum below the hard stop. The fifth try locks the source at once, before it is evaluated; being right unlocks it again.
    /// </summary>
    private Task<List<SignInTry>> RaiseAsync(TryKey key, LockPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = policy.FailuresBeforeLock;
        var never = db.Stored(DateTimeOffset.UnixEpoch);
        var at = db.Stored(now);
        var latestEnd = db.Stored(LockRules.LatestEnd(policy, now));
        return db.SignInTries.FromSql($"""
            INSERT INTO "SignInTries" ("NameKey", "Source", "Failures", "LockedUntil", "LastTryAt")
            VALUES ({key.Name}, {key.Source}, 1, {never}, {at}), ({key.Name}, {SignInTry.AnySource}, 1, {never}, {at})
            ON CONFLICT ("NameKey", "Source") DO UPDATE SET
                "Failures" = "SignInTries"."Failures" + 1,
                "LastTryAt" = excluded."LastTryAt",
                "LockedUntil" = CASE
                    WHEN excluded."Source" = {SignInTry.AnySource} OR "SignInTries"."Failures" + 1 < {limit} THEN "SignInTries"."LockedUntil"
                    ELSE CASE "SignInTries"."Failures" + 1 - {limit}
                        WHEN 0 THEN {Until(0)} WHEN 1 THEN {Until(1)} WHEN 2 THEN {Until(2)} WHEN 3 THEN {Until(3)} WHEN 4 THEN {Until(4)}
                        ELSE {Until(SignInSettings.MostDoublings)} END
                    END
            WHERE ("SignInTries"."LockedUntil" <= {at} OR "SignInTries"."LockedUntil" > {latestEnd})
                AND (excluded."Source" <> {SignInTry.AnySource} OR {key.PassesHardStop} OR "SignInTries"."Failures" < {policy.HardStopAfter})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);

        object Until(int doublings) => db.Stored(now + LockRules.LockAfter(limit + doublings, policy));
    }
}
