using System.Text.Json.Serialization;
using Cardea.Features.Audit;
using Cardea.Rules.Permissions;

namespace Cardea.Features.Organizations;

public sealed record OrganizationCreated(
    [property: JsonIgnore] Guid Organization,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] OrganizationType Type) : IAuditEvent
{
    public static string Name => "organization.created.v1";

    public Guid? SubjectId => null;

    public Guid? OrganizationId => Organization;
}
