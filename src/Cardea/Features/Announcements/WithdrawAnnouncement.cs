using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

/// <summary>Takes an announcement back: from now on nobody sees it but those who write. Its row stays, for the record.</summary>
public sealed class WithdrawAnnouncement(AppDbContext db, AnnouncementWriters writers, WatchForMaintenance watch, AuditTrail audit, TimeProvider clock)
{
    /// <summary>False when it is not theirs, or withdrawn already.</summary>
    public async Task<bool> RunAsync(SignedInPerson person, Guid id, CancellationToken cancellationToken)
    {
        if (writers.Find(person) is not { } writer)
        {
            return false;
        }

        var now = clock.Now;
        await using (var write = await db.BeginWriteAsync(cancellationToken))
        {
            var withdrawn = await db.Announcements.ReachedBy(writer).Where(a => a.Id == id && a.WithdrawnAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.WithdrawnAt, now), cancellationToken);
            if (withdrawn == 0)
            {
                return false;
            }

            var announcement = await db.Announcements.AsNoTracking().SingleAsync(a => a.Id == id, cancellationToken);
            audit.Add(new AnnouncementWithdrawn(id, announcement.Kind.ToString(), announcement.OrganizationId));
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        await watch.RunAsync(cancellationToken);
        return true;
    }
}
