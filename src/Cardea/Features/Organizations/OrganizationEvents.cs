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

/// <param name="Fields">Their names, never what stands in them.</param>
public sealed record OrganizationChanged([property: JsonIgnore] Guid Organization, IReadOnlyList<string> Fields) : IAuditEvent
{
    public static string Name => "organization.changed.v1";

    public Guid? SubjectId => null;

    public Guid? OrganizationId => Organization;
}

/// <param name="Why">As the one who did it gave it.</param>
public sealed record OrganizationDeactivated(
    [property: JsonIgnore] Guid Organization, [property: JsonIgnore] string Why, int SessionsEnded) : IAuditEvent
{
    public static string Name => "organization.deactivated.v1";

    public Guid? SubjectId => null;

    public Guid? OrganizationId => Organization;

    public string? Reason => Why;
}

/// <param name="Why">As the one who did it gave it.</param>
public sealed record OrganizationReactivated([property: JsonIgnore] Guid Organization, [property: JsonIgnore] string Why) : IAuditEvent
{
    public static string Name => "organization.reactivated.v1";

    public Guid? SubjectId => null;

    public Guid? OrganizationId => Organization;

    public string? Reason => Why;
}

/// <summary>Somebody was told that its data-use agreement ends soon.</summary>
/// <param name="Told">How many mails were promised; none where nobody has an address.</param>
public sealed record AgreementNoticeGiven([property: JsonIgnore] Guid Organization, DateOnly LastDay, int Told) : IAuditEvent
{
    public static string Name => "organization.agreement_notice_given.v1";

    public Guid? SubjectId => null;

    public Guid? OrganizationId => Organization;
}
