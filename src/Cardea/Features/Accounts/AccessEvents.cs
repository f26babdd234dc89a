using System.Text.Json.Serialization;
using Cardea.Features.Audit;
using Cardea.Rules.Permissions;

namespace Cardea.Features.Accounts;

/// <summary>To an organization beside the home of the account.</summary>
public sealed record AccessGiven(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid FurtherOrganizationId,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] Roles Roles) : IAuditEvent
{
    public static string Name => "access.given.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => FurtherOrganizationId;
}

/// <param name="From">What the person was there until then.</param>
public sealed record AccessChanged(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid FurtherOrganizationId,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] Roles From,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] Roles To) : IAuditEvent
{
    public static string Name => "access.changed.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => FurtherOrganizationId;
}

public sealed record AccessEnded(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid FurtherOrganizationId,
    int SessionsEnded,
    [property: JsonIgnore] string Why) : IAuditEvent
{
    public static string Name => "access.ended.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => FurtherOrganizationId;

    public string? Reason => Why;
}
