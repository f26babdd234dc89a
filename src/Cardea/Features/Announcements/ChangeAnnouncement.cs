using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.Announcements;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

public abstract record ChangeAnnouncementOutcome
{
    public sealed record Changed : ChangeAnnouncementOutcome;

    public sealed record Refused(AnnouncementRefusals Reasons) : ChangeAnnouncementOutcome;

    /// <summary>Somebody else, or another tab, has changed it since the form was opened.</summary>
    public sealed record OtherIsOnFile(AnnouncementDraft OnFile) : ChangeAnnouncementOutcome;

    /// <summary>It was never there, is withdrawn, or of this kind not for this person to write.</summary>
    public sealed record OutOfReach : ChangeAnnouncementOutcome;
}

/// <summary>Corrects an announcement. Whoever has read it has read it.</summary>
public sealed class ChangeAnnouncement(AppDbContext db, AnnouncementWriters writers, WatchForMaintenance watch, AuditTrail audit)
{
    /// <param name="versionShown">Of the announcement over which the form was filled in.</param>
    public async Task<ChangeAnnouncementOutcome> RunAsync(
        SignedInPerson person, Guid id, AnnouncementDraft wanted, string versionShown, CancellationToken cancellationToken)
    {
        if (writers.Find(person) is not { } writer || !writer.Reaches(wanted.Kind, wanted.OrganizationId))
        {
            return new ChangeAnnouncementOutcome.OutOfReach();
        }

        if (AnnouncementRules.Check(wanted) is { Any: true } reasons)
        {
            return new ChangeAnnouncementOutcome.Refused(reasons);
        }

        var draft = wanted.Normalized();
        await using (var write = await db.BeginWriteAsync(cancellationToken))
        {
            await db.TakeTurnAtAsync(id, cancellationToken);
            var announcement = await db.Announcements.ReachedBy(writer).Include(a => a.Texts)
                .SingleOrDefaultAsync(a => a.Id == id && a.OrganizationId == draft.OrganizationId && a.WithdrawnAt == null, cancellationToken);
            if (announcement is null)
            {
                return new ChangeAnnouncementOutcome.OutOfReach();
            }

            var onFile = announcement.ToDraft();
            var changed = draft.DifferencesFrom(onFile);
            if (changed.Count == 0)
            {
                return new ChangeAnnouncementOutcome.Changed();   // a double click
            }

            if (onFile.Version != versionShown)
            {
                return new ChangeAnnouncementOutcome.OtherIsOnFile(onFile);
            }

            announcement.Take(draft);
            audit.Add(new AnnouncementChanged(id, draft.Kind.ToString(), changed, draft.OrganizationId));
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        await watch.RunAsync(cancellationToken);
        return new ChangeAnnouncementOutcome.Changed();
    }
}

public static class AnnouncementTurns
{
    extension(AppDbContext db)
    {
        /// <summary>From here to the end of the transaction those who change this announcement take turns: the second sees what the first has done.</summary>
        public Task TakeTurnAtAsync(Guid announcementId, CancellationToken cancellationToken) =>
            db.Announcements.Where(a => a.Id == announcementId).ExecuteUpdateAsync(set => set.SetProperty(a => a.WrittenAt, a => a.WrittenAt), cancellationToken);
    }
}
