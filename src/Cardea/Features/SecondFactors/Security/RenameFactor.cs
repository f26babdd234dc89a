using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>Gives one of the person's own factors the name by which they know it among others.</summary>
public sealed class RenameFactor(AppDbContext db, AuditTrail audit)
{
    /// <param name="name">A plain line; null for none.</param>
    /// <returns>False when it is not theirs, or is gone.</returns>
    public async Task<bool> RunAsync(SignedInPerson person, Guid factorId, string? name, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        var factor = await db.Factors.SingleOrDefaultAsync(
            f => f.Id == factorId && f.AccountId == person.AccountId && f.RemovedAt == null, cancellationToken);
        if (factor is null)
        {
            return false;
        }

        if (factor.Name != name)
        {
            factor.Name = name;
            audit.Add(new FactorRenamed(person.AccountId, factor.Id, factor.Kind.ToString()));
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        return true;
    }
}
