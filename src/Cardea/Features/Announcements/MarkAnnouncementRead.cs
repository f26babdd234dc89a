using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

/// <summary>A person has read an announcement that is for them; it is not new to them any more.</summary>
public sealed class MarkAnnouncementRead(AppDbContext db, TimeProvider clock)
{
    /// <summary>Does nothing about what is not for this person, over, or read already.</summary>
    public async Task RunAsync(SignedInPerson person, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        if (!await db.Announcements.ShownTo(person, now).AnyAsync(a => a.Id == id, cancellationToken)
            || await db.AnnouncementReadings.AnyAsync(r => r.AccountId == person.AccountId && r.AnnouncementId == id, cancellationToken))
        {
            return;
        }

        db.AnnouncementReadings.Add(new() { AccountId = person.AccountId, AnnouncementId = id, ReadAt = now });
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }
}
