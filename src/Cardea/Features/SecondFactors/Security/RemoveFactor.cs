using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>Takes one of the person's own factors away, never the last one that is needed. Its row stays, for the record (N-17).</summary>
public sealed class RemoveFactor(AppDbContext db, FactorWays ways, RememberedDevices devices, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    /// <summary>False when it is not theirs, is gone already, or must stay.</summary>
    public async Task<bool> RunAsync(SignedInPerson person, Guid factorId, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        var factors = await db.Factors.Where(f => f.AccountId == person.AccountId && f.RemovedAt == null).ToListAsync(cancellationToken);
        if (factors.SingleOrDefault(f => f.Id == factorId) is not { } factor || !ways.MayRemove(person, factors, factor))
        {
            return false;
        }

        (factor.RemovedAt, factor.RemovedBecause, factor.ProtectedKey) = (now, FactorEnd.ByOwner, null);
        if (factors.Count == 1)
        {
            await db.RecoveryCodes.Where(code => code.AccountId == person.AccountId).ExecuteDeleteAsync(cancellationToken);   // they stood in for it
        }

        await devices.ForgetAllAsync(person.AccountId, cancellationToken);
        audit.Add(new FactorRemoved(person.AccountId, factor.Kind.ToString(), FactorEnd.ByOwner));
        if (person.Email is { } email)
        {
            outbox.Add(new FactorRemovedMail(person.AccountId, email, person.DisplayName, person.Language, factor.Kind, now, person.TimeZone));
        }

        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return true;
    }
}
