using System.Security.Cryptography;
using Cardea.Data;
using Cardea.Features.People;
using Cardea.Rules.OneTimeCodes;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Callers;

/// <summary>The code that waits for a call: one for each account, replaced by the next, tried five times, spent once.</summary>
public sealed class CallerCodes(AppDbContext db, TimeProvider clock)
{
    /// <summary>Each code as likely as any other, those that begin with zeros included (V6.5.3, V6.5.4).</summary>
    public static string New() => RandomNumberGenerator.GetString("0123456789", OneTimeCodeRules.Digits);

    /// <summary>Part of the caller's transaction, in the account's turn.</summary>
    public async Task ReplaceAsync(Guid accountId, string hash, CancellationToken cancellationToken)
    {
        await db.CallerCodes.Where(code => code.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        db.CallerCodes.Add(new() { AccountId = accountId, CodeHash = hash, MadeAt = clock.Now, Tries = 0 });
    }

    /// <summary>
    /// Part of the caller's transaction, which is committed before the code is looked at. In one statement: no number of parallel guesses gets past
    /// the limit. Null when there is none to try: spent, too old, tried too often, or never made.
    /// </summary>
    public async Task<CallerCode?> CountTryAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var oldest = clock.Now - OneTimeCodeRules.Lifetime;
        var counted = await db.CallerCodes
            .Where(code => code.AccountId == accountId && code.Tries < OneTimeCodeRules.Tries && code.MadeAt > oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.Tries, code => code.Tries + 1), cancellationToken);
        return counted == 1 ? await db.CallerCodes.AsNoTracking().SingleAsync(code => code.AccountId == accountId, cancellationToken) : null;
    }

    /// <summary>Part of the caller's transaction. False when another request was first, or a newer code was made meanwhile.</summary>
    public async Task<bool> SpendAsync(CallerCode tried, CancellationToken cancellationToken) =>
        await db.CallerCodes
            .Where(code => code.AccountId == tried.AccountId && code.CodeHash == tried.CodeHash)
            .ExecuteDeleteAsync(cancellationToken) == 1;
}
