using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>Takes one of the five tries of a code, and spends the code that was right.</summary>
public sealed class CodeTries(AppDbContext db, TimeProvider clock)
{
    /// <summary>
    /// Counts a try before the code is looked at, in one statement: no number of parallel guesses gets past the limit. Null when there is
    /// none to try: spent, too old, tried too often, or never sent.
    /// </summary>
    public async Task<SentCode?> CountAsync(SignedInPerson person, FactorKinds kind, CancellationToken cancellationToken)
    {
        var oldest = clock.Now - OneTimeCodeRules.Lifetime;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var counted = await db.SentCodes
            .Where(code => code.SessionId == person.SessionId && code.Kind == kind && code.Tries < OneTimeCodeRules.Tries)
            .Where(code => code.SentAt > oldest || db.OutboxMessages.Any(message => message.Id == code.MessageId && message.HandedOverAt > oldest))
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.Tries, code => code.Tries + 1), cancellationToken);
        var tried = counted == 1
            ? await db.SentCodes.AsNoTracking().SingleAsync(code => code.SessionId == person.SessionId, cancellationToken)
            : null;
        await write.CommitAsync(cancellationToken);
        return tried;
    }

    /// <summary>
    /// Part of the caller's transaction. A code that was used does not count against the five an hour: who signs in often is not kept out. False when another request was first, or a newer code was sent meanwhile.
    /// </summary>
    public async Task<bool> SpendAsync(SentCode code, CancellationToken cancellationToken) =>
        await db.SentCodes
            .Where(kept => kept.SessionId == code.SessionId && kept.CodeHash == code.CodeHash)
            .ExecuteDeleteAsync(cancellationToken) == 1;
}
