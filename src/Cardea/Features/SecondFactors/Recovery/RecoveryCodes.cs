using System.Security.Cryptography;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Passwords;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Recovery;

/// <summary>Ten new codes, and what is kept of them.</summary>
public sealed record MadeCodes(IReadOnlyList<RecoveryCode> Codes, IReadOnlyList<string> Hashes)
{
    /// <summary>Without the codes.</summary>
    public override string ToString() => nameof(MadeCodes);
}

/// <summary>The ten codes for the day when the phone is gone (S1-12): part of whatever adds the first factor.</summary>
public sealed class RecoveryCodes(AppDbContext db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Hashes, so before the transaction.</summary>
    public async Task<MadeCodes> MakeAsync(HashingPlace place)
    {
        List<RecoveryCode> codes =
        [
            .. Enumerable.Range(0, RecoveryCodeRules.Codes).Select(position => RecoveryCodeRules.New(
                position, RandomNumberGenerator.GetString(RecoveryCodeRules.Alphabet, RecoveryCodeRules.Characters - 1))),
        ];
        return new(codes, await place.HashAllAsync([.. codes.Select(code => code.Text)]));
    }

    public Task<bool> AreOnFileAsync(Guid accountId, CancellationToken cancellationToken) =>
        db.RecoveryCodes.AnyAsync(code => code.AccountId == accountId, cancellationToken);

    /// <summary>Part of the caller's transaction, which saves.</summary>
    public void Add(Guid accountId, MadeCodes made)
    {
        var now = clock.Now;
        db.RecoveryCodes.AddRange(made.Codes.Zip(made.Hashes, (code, hash) => new RecoveryCodeHash
        {
            AccountId = accountId,
            Position = code.Position,
            CodeHash = hash,
            MadeAt = now,
        }));
        audit.Add(new RecoveryCodesMade(accountId));
    }
}
