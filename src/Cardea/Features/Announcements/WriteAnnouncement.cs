using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.Announcements;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

public abstract record WriteAnnouncementOutcome
{
    public sealed record Written : WriteAnnouncementOutcome;

    public sealed record Refused(AnnouncementRefusals Reasons) : WriteAnnouncementOutcome;

    /// <summary>Of this kind, or to these people, it is not for this person to write.</summary>
    public sealed record OutOfReach : WriteAnnouncementOutcome;
}

/// <summary>Says something to the people of one organization, or of all.</summary>
public sealed class WriteAnnouncement(
    AppDbContext db, AnnouncementWriters writers, WatchForMaintenance watch, AuditTrail audit, TimeProvider clock)
{
    /// <param name="id">Of the form: sent twice, it is one announcement.</param>
    public async Task<WriteAnnouncementOutcome> RunAsync(SignedInPerson person, Guid id, AnnouncementDraft wanted, CancellationToken cancellationToken)
    {
        if (writers.Find(person)?.Reaches(wanted.Kind, wanted.OrganizationId) is not true)
        {
            return new WriteAnnouncementOutcome.OutOfReach();
        }

        if (AnnouncementRules.Check(wanted) is { Any: true } reasons)
        {
            return new WriteAnnouncementOutcome.Refused(reasons);
        }

        var draft = wanted.Normalized();
        await using (var write = await db.BeginWriteAsync(cancellationToken))
        {
            await db.TakeTurnAsync(person.AccountId, cancellationToken);
            if (await db.Announcements.AnyAsync(a => a.Id == id, cancellationToken))
            {
                return new WriteAnnouncementOutcome.Written();   // the other click of two
            }

            var announcement = new Announcement
            {
                Id = id,
                Kind = draft.Kind,
                Audience = draft.Audience,
                OrganizationId = draft.OrganizationId,
                From = draft.From,
                Until = draft.Until,
                WrittenBy = person.AccountId,
                WrittenAt = clock.Now,
            };
            announcement.Take(draft);
            db.Announcements.Add(announcement);
            audit.Add(AnnouncementWritten.Of(id, draft));
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        await watch.RunAsync(cancellationToken);
        return new WriteAnnouncementOutcome.Written();
    }
}
