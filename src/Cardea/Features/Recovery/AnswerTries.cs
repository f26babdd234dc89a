using Cardea.Data;
using Cardea.Rules.Recovery;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>Counts answers to security questions before they are looked at, so that no number of parallel guesses gets past the third .</summary>
public sealed class AnswerTries(AppDbContext db)
{
    /// <returns>Which miss in a row it would be; null when the account is locked, and nothing may be evaluated.</returns>
    public async Task<int?> CountAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var raised = await db.AnswerTries.FromSql($"""
            INSERT INTO "AnswerTries" ("AccountId", "Wrong", "Answered") VALUES ({accountId}, 1, 0)
            ON CONFLICT ("AccountId") DO UPDATE SET "Wrong" = "AnswerTries"."Wrong" + 1
            WHERE "AnswerTries"."Wrong" < {RecoveryRules.AnswerTries}
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return raised.SingleOrDefault()?.Wrong;
    }

    /// <summary>The next time, the next question is asked. Part of the caller's transaction.</summary>
    public Task NoteAnsweredAsync(Guid accountId, CancellationToken cancellationToken) =>
        db.AnswerTries
            .Where(t => t.AccountId == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Answered, t => t.Answered + 1), cancellationToken);

    /// <summary>
    /// Whether the last miss has locked the account for good: a right answer that was on its way at the same moment was counted with it, and may have
    /// cleared all since. Locks the row. Part of the caller's transaction.
    /// </summary>
    public async Task<bool> StillLockAsync(Guid accountId, CancellationToken cancellationToken) =>
        await db.AnswerTries
            .Where(t => t.AccountId == accountId && t.Wrong >= RecoveryRules.AnswerTries)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Wrong, t => t.Wrong), cancellationToken) == 1;

    /// <summary>After a right answer, and by somebody who may unlock the account. Part of the caller's transaction.</summary>
    /// <returns>Whether there was anything to forget.</returns>
    public async Task<bool> ForgetAsync(Guid accountId, CancellationToken cancellationToken) =>
        await db.AnswerTries
            .Where(t => t.AccountId == accountId && t.Wrong > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Wrong, 0), cancellationToken) > 0;
}
