using Cardea.Data;
using Cardea.Policies;
using Cardea.Rules.Passwords;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Passwords;

/// <summary>The password that opens an account, and those before it. Whatever sets a password does it here.</summary>
public sealed class PasswordsOnFile(AppDbContext db, PolicyBook policies, TimeProvider clock)
{
    /// <summary>Whether a person's new password is the one they have, or one that they had before (S2-13). Costs a hash for each of them.</summary>
    public async Task<PasswordRefusal?> FindReuseAsync(
        HashingPlace place, Guid accountId, Guid organizationId, string candidate, CancellationToken cancellationToken)
    {
        var current = await db.Accounts.Where(account => account.Id == accountId).Select(account => account.PasswordHash).SingleAsync(cancellationToken);
        if (current is not null && (await place.VerifyAsync(candidate, current)).Matches)
        {
            return PasswordRefusal.SameAsCurrent;
        }

        var former = await db.FormerPasswords
            .Where(p => p.AccountId == accountId)
            .OrderByDescending(p => p.ReplacedAt)
            .Take(policies.For(organizationId).Passwords.HistoryLength - 1)
            .Select(p => p.Hash)
            .ToListAsync(cancellationToken);
        foreach (var hash in former)
        {
            if ((await place.VerifyAsync(candidate, hash)).Matches)
            {
                return PasswordRefusal.UsedBefore;
            }
        }

        return null;
    }

    /// <summary>
    /// Part of the caller's transaction. False when the account has been disabled, or its password replaced by somebody else: then nothing of the
    /// transaction may stay.
    /// </summary>
    /// <param name="provenSetAt">Since when the password has been on file that was proven to be allowed to do this; null where another proof was given.</param>
    public async Task<bool> ReplaceAsync(
        Guid accountId, Guid organizationId, DateTimeOffset? provenSetAt, string hash, bool isTemporary, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await KeepCurrentAsync(accountId, now, cancellationToken);
        var replaced = await db.Accounts
            .Where(account => account.Id == accountId && account.DisabledAt == null && (provenSetAt == null || account.PasswordSetAt == provenSetAt))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(account => account.PasswordHash, hash)
                    .SetProperty(account => account.PasswordSetAt, now)
                    .SetProperty(account => account.PasswordIsTemporary, isTemporary)
                    .SetProperty(account => account.PasswordCompromisedAt, (DateTimeOffset?)null),
                cancellationToken);
        if (replaced == 0)
        {
            return false;
        }

        await ForgetOldestAsync(accountId, policies.For(organizationId).Passwords.HistoryLength - 1, cancellationToken);
        return true;
    }

    /// <summary>In one statement with what it copies: nothing comes between.</summary>
    private async Task KeepCurrentAsync(Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, at) = (clock.NewId(), db.Stored(now));
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "FormerPasswords" ("Id", "AccountId", "Hash", "ReplacedAt")
            SELECT {id}, "Id", "PasswordHash", {at} FROM "Accounts"
            WHERE "Id" = {accountId} AND "PasswordHash" IS NOT NULL AND NOT "PasswordIsTemporary"
            """,
            cancellationToken);
    }

    private async Task ForgetOldestAsync(Guid accountId, int keep, CancellationToken cancellationToken)
    {
        var theirs = db.FormerPasswords.Where(p => p.AccountId == accountId);
        await theirs.Where(p => theirs.Count(newer => newer.ReplacedAt > p.ReplacedAt) >= keep).ExecuteDeleteAsync(cancellationToken);
    }
}
