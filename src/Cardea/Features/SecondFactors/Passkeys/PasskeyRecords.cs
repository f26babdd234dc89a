using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>What is kept of passkeys: Identity's record of the key, and beside it the factor with its count.</summary>
public sealed class PasskeyRecords(AppDbContext db, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Part of the caller's transaction, which adds the factor and saves. Without the attestation: it was not asked for, and proves nothing.</summary>
    public void Add(Factor factor, UserPasskeyInfo passkey) => db.Add(new IdentityUserPasskey<Guid>
    {
        UserId = factor.AccountId,
        CredentialId = passkey.CredentialId,
        Data = new()
        {
            PublicKey = passkey.PublicKey,
            CreatedAt = factor.AddedAt,
            Transports = passkey.Transports,
            IsUserVerified = passkey.IsUserVerified,
            IsBackupEligible = passkey.IsBackupEligible,
            IsBackedUp = passkey.IsBackedUp,
            AttestationObject = [],
            ClientDataJson = [],
        },
    });

    /// <summary>
    /// Raises the count by compare-and-set. A passkey that counts must have counted on since (WebAuthn, 7.2): one that has not may be a copy, and
    /// of two copies used at the same moment one gets in. Synced ones do not count and stay at 0. Part of the caller's transaction.
    /// </summary>
    public async Task<bool> UseAsync(Guid accountId, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var (now, id, count) = (clock.Now, passkey.CredentialId, (long)passkey.SignCount);
        return await db.Factors
            .Where(f => f.AccountId == accountId && f.CredentialId == id && f.RemovedAt == null && f.BlockedAt == null)
            .Where(f => f.SignCount < count || (f.SignCount == 0 && count == 0))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.SignCount, count).SetProperty(f => f.LastUsedAt, now), cancellationToken) == 1;
    }

    /// <summary>Part of the caller's transaction, which saves.</summary>
    public void NoteThatCountFell(Guid accountId, string? email, string name, string? language, string timeZone)
    {
        audit.Add(new PasskeyCountFell(accountId));
        if (email is not null)
        {
            outbox.Add(new PasskeyCountFellMail(accountId, email, name, language, clock.Now, timeZone));
        }
    }
}
