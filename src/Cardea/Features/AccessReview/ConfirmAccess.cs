using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.AccessReview;

/// <summary>Says of some people that they still need their access. Nobody confirms their own.</summary>
public sealed class ConfirmAccess(AppDbContext db, PeopleInReach people, UnconfirmedAccess unconfirmed, AuditTrail audit, TimeProvider clock)
{
    /// <param name="accounts">Whoever is not, or no longer, in reach or due is passed over.</param>
    /// <returns>Of how many it was said.</returns>
    public async Task<int> RunAsync(Manager by, IReadOnlyList<Guid> accounts, CancellationToken cancellationToken)
    {
        var (confirmed, now) = (0, clock.Now);
        foreach (var id in accounts.Distinct())
        {
            if (await people.FindAsync(by, id, cancellationToken) is not { Refusal: null, IsDeleted: false } person)
            {
                continue;
            }

            await using var write = await db.BeginWriteAsync(cancellationToken);
            await people.HoldAsync(person.Account, cancellationToken);
            if (await unconfirmed.Due().Where(m => m.AccountId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ConfirmedAt, now), cancellationToken) == 1)
            {
                audit.Add(new AccessConfirmed(id, person.Account.HomeOrganizationId));
                await db.SaveChangesAsync(cancellationToken);
                confirmed++;
            }

            await write.CommitAsync(cancellationToken);
        }

        return confirmed;
    }
}
