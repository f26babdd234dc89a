using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.Announcements;
using Cardea.Rules.Permissions;

namespace Cardea.Features.Announcements;

/// <summary>Who writes, by the policy in force.</summary>
public sealed class AnnouncementWriters(PolicyBook policies)
{
    /// <summary>Null for whoever writes none.</summary>
    public AnnouncementWriter? Find(SignedInPerson person) => AnnouncementRules.WriterOf(
        PermissionRules.For(person.Standing.Roles, person.OrganizationType, policies.For(person.OrganizationId).Grants), person.OrganizationId);
}

public static class ReachedAnnouncements
{
    extension(IQueryable<Announcement> announcements)
    {
        /// <summary>See <see cref="AnnouncementWriter.Reaches"/>.</summary>
        public IQueryable<Announcement> ReachedBy(AnnouncementWriter writer)
        {
            var (all, own, maintenance) = (writer.ReachesAll, writer.OrganizationId, writer.MayAnnounceMaintenance);
            return announcements.Where(a => (all || a.OrganizationId == own) && (maintenance || a.Kind != AnnouncementKind.Maintenance));
        }
    }
}
