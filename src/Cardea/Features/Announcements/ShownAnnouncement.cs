using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Rules.Announcements;

namespace Cardea.Features.Announcements;

/// <summary>An announcement as one person reads it.</summary>
public sealed record ShownAnnouncement
{
    public required Guid Id { get; init; }

    public required AnnouncementKind Kind { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset? Until { get; init; }

    public required bool IsRead { get; init; }

    /// <summary>Of the text: the reader's, or English where there is none in it.</summary>
    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Body { get; init; }
}

public static class ShownAnnouncements
{
    extension(IQueryable<Announcement> announcements)
    {
        /// <summary>Those that are current, and meant for this person in the organization for which they work now. Patients are shown none.</summary>
        public IQueryable<Announcement> ShownTo(SignedInPerson person, DateTimeOffset now)
        {
            var organization = person.OrganizationId;
            AnnouncementAudience[] audiences =
                [.. person.Audience is Audience.Staff ? Enum.GetValues<AnnouncementAudience>().Where(audience => AnnouncementRules.IsMeant(audience, person.Standing.Roles)) : []];
            return announcements
                .Where(a => a.OrganizationId == null || a.OrganizationId == organization)
                .Where(a => a.WithdrawnAt == null && a.From <= now && (a.Until == null || a.Until > now) && audiences.Contains(a.Audience));
        }

        /// <summary>First those that are new to the person, the latest first.</summary>
        /// <param name="language">The reader's.</param>
        public IQueryable<ShownAnnouncement> AsReadBy(AppDbContext db, SignedInPerson person, string language)
        {
            var (reader, standIn) = (person.AccountId, Languages.All[0]);
            return announcements
                .Select(a => new
                {
                    Announcement = a,
                    IsRead = db.AnnouncementReadings.Any(r => r.AnnouncementId == a.Id && r.AccountId == reader),
                    Language = a.Texts.Any(text => text.Language == language) ? language : standIn,
                })
                .OrderBy(a => a.IsRead).ThenByDescending(a => a.Announcement.From).ThenBy(a => a.Announcement.Id)
                .Select(a => new ShownAnnouncement
                {
                    Id = a.Announcement.Id,
                    Kind = a.Announcement.Kind,
                    From = a.Announcement.From,
                    Until = a.Announcement.Until,
                    IsRead = a.IsRead,
                    Language = a.Language,
                    Title = a.Announcement.Texts.Where(text => text.Language == a.Language).Select(text => text.Title).First(),
                    Body = a.Announcement.Texts.Where(text => text.Language == a.Language).Select(text => text.Body).First(),
                });
        }
    }
}
