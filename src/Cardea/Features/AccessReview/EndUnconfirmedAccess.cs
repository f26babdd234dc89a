using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Hosting.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.AccessReview;

/// <summary>
/// Shuts accounts that nobody has confirmed in time, where the policy says so. The last operator stays, as ever: whoever is shut out is no longer
/// due, so that a second run, here or on another node, finds nobody.
/// </summary>
public sealed class EndUnconfirmedAccess(AppDbContext db, UnconfirmedAccess unconfirmed, DisableAccount disable, AuditTrail audit) : IHourlyJob
{
    /// <summary>As it is kept in the audit trail.</summary>
    private const string Reason = "access review";

    private const int AtOnce = 200;

    public static string Name => "end-unconfirmed-access";

    public static string Work => "Ending access that nobody has confirmed";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Guid? after = null;
        while (true)
        {
            var some = await unconfirmed.Over()
                .Where(m => after == null || m.AccountId.CompareTo(after.Value) > 0)
                .OrderBy(m => m.AccountId).Take(AtOnce).Select(m => new FoundAccount(m.AccountId, m.OrganizationId)).ToListAsync(cancellationToken);
            foreach (var account in some)
            {
                db.ChangeTracker.Clear();
                await EndAsync(account, cancellationToken);
            }

            if (some is not [.., var last])
            {
                return;
            }

            after = last.Id;
        }
    }

    private async Task EndAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        if (await unconfirmed.Over().AnyAsync(m => m.AccountId == account.Id, cancellationToken)   // still: somebody may have confirmed it meanwhile
            && await disable.RunAsync(account, Reason, cancellationToken) is DisableAccountOutcome.Disabled)
        {
            audit.Add(new AccessUnconfirmed(account.Id, account.HomeOrganizationId));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
