using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Hosting.Jobs;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.Organizations;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

/// <summary>
/// Tells an organization that its data-use agreement ends soon: once for each last day, whatever the job does. Of one that is over nobody is told
/// "soon"; operators see it in their list.
/// </summary>
public sealed class RemindOfAgreements(AppDbContext db, Outbox outbox, AuditTrail audit, IOptions<OrganizationSettings> settings, TimeProvider clock)
    : IHourlyJob
{
    /// <summary>In one transaction: long enough to be quick, short enough for whoever signs in meanwhile.</summary>
    private const int AtOnce = 50;

    public static string Name => "remind-of-agreements";

    public static string Work => "Telling organizations that their data-use agreement ends";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        var latest = DataUseAgreementRules.LatestToTellOf(today, settings.Value.AgreementNoticeBefore.Days);
        var due = await db.Organizations.AsNoTracking()
            .Where(o => o.AgreementUntil >= today && o.AgreementUntil <= latest && o.AgreementRemindedOf != o.AgreementUntil && o.DeactivatedAt == null)
            .OrderBy(o => o.Id)   // on each node the same: two rounds do not wait for each other
            .ToListAsync(cancellationToken);
        foreach (var some in due.Chunk(AtOnce))
        {
            db.ChangeTracker.Clear();
            await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
            foreach (var organization in some)
            {
                await TellAsync(organization, organization.AgreementUntil!.Value, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Whoever notes it tells; who comes second finds it noted.</summary>
    private async Task TellAsync(Organization organization, DateOnly lastDay, CancellationToken cancellationToken)
    {
        var isOurs = await db.Organizations
            .Where(o => o.Id == organization.Id && o.AgreementUntil == lastDay && o.AgreementRemindedOf != o.AgreementUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.AgreementRemindedOf, lastDay), cancellationToken) == 1;
        if (!isOurs)
        {
            return;
        }

        var administrators = await db.Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == organization.Id && (m.Roles & Roles.Administrator) != 0)
            .Where(m => m.Account!.DisabledAt == null && m.Account.InactivatedAt == null && m.Account.Email != null)
            .Select(m => new { m.AccountId, m.Account!.Email, Name = m.Account.GivenName + " " + m.Account.FamilyName, m.Account.Language })
            .ToListAsync(cancellationToken);
        foreach (var one in administrators)
        {
            outbox.Add(new AgreementEndsMail(one.AccountId, one.Email!, one.Name, one.Language ?? organization.Language, organization.Name, lastDay));
        }

        var told = administrators.Count;
        if (organization.HelpEmail is { } help && administrators.All(one => EmailAddressRules.Folded(one.Email!) != EmailAddressRules.Folded(help)))
        {
            outbox.Add(new AgreementEndsMail(AccountId: null, help, organization.Name, organization.Language, organization.Name, lastDay));
            told++;
        }

        audit.Add(new AgreementNoticeGiven(organization.Id, lastDay, told));
    }
}
