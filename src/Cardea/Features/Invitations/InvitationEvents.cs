using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Invitations;

public sealed record InvitationSent([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "invitation.sent.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <summary>The person has chosen a password.</summary>
public sealed record InvitationAccepted([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "invitation.accepted.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}
