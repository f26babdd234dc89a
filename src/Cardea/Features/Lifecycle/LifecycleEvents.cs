using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Lifecycle;

public sealed record NoticeGiven(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid HomeOrganizationId,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] NoticeKind Kind) : IAuditEvent
{
    public static string Name => "account.notice_given.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <summary>Nobody used it for as long as the policy says (S2-18).</summary>
public sealed record AccountInactivated([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "account.inactivated.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <param name="Why">As the one who did it gave it.</param>
public sealed record AccountReactivated(
    [property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, [property: JsonIgnore] string Why) : IAuditEvent
{
    public static string Name => "account.reactivated.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;

    public string? Reason => Why;
}
