using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Recovery;

/// <summary>Makes the old codes worthless and ten new ones (S1-12); told, as everything is that could lock the owner out.</summary>
public sealed class ReplaceRecoveryCodes(AppDbContext db, HashingGate hashing, RecoveryCodes recoveryCodes, Outbox outbox, TimeProvider clock)
{
    /// <summary>Null while the server is busy.</summary>
    public async Task<IReadOnlyList<RecoveryCode>?> RunAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return null;
        }

        var made = await recoveryCodes.MakeAsync(place);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        await db.RecoveryCodes.Where(code => code.AccountId == person.AccountId).ExecuteDeleteAsync(cancellationToken);
        recoveryCodes.Add(person.AccountId, made);
        if (person.Email is { } email)
        {
            outbox.Add(new RecoveryCodesReplacedMail(person.AccountId, email, person.DisplayName, person.Language, clock.Now, person.TimeZone));
        }

        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return made.Codes;
    }
}
