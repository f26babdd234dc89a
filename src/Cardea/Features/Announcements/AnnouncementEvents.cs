using Cardea.Features.Audit;
using Cardea.Rules.Announcements;

namespace Cardea.Features.Announcements;

/// <param name="OrganizationId">To whose people; null for those of all organizations.</param>
public sealed record AnnouncementWritten(
    Guid AnnouncementId, string Kind, string Audience, DateTimeOffset From, DateTimeOffset? Until, Guid? OrganizationId) : IAuditEvent
{
    public static string Name => "announcement.written.v1";

    public Guid? SubjectId => null;

    public static AnnouncementWritten Of(Guid id, AnnouncementDraft draft) =>
        new(id, draft.Kind.ToString(), draft.Audience.ToString(), draft.From, draft.Until, draft.OrganizationId);
}

/// <param name="Fields">Their names, never what stands in them.</param>
public sealed record AnnouncementChanged(Guid AnnouncementId, string Kind, IReadOnlyList<string> Fields, Guid? OrganizationId) : IAuditEvent
{
    public static string Name => "announcement.changed.v1";

    public Guid? SubjectId => null;
}

public sealed record AnnouncementWithdrawn(Guid AnnouncementId, string Kind, Guid? OrganizationId) : IAuditEvent
{
    public static string Name => "announcement.withdrawn.v1";

    public Guid? SubjectId => null;
}
