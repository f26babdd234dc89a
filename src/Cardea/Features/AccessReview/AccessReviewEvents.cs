using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.AccessReview;

/// <summary>Somebody said that this person still needs their access.</summary>
public sealed record AccessConfirmed([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "access.confirmed.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <summary>Nobody did, and the policy says that it ends; beside the event of the account that was disabled.</summary>
public sealed record AccessUnconfirmed([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "access.unconfirmed.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}
