using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.SecondPerson;

/// <summary>By the first person, for a second one to do it.</summary>
public sealed record ActAsked(
    Guid ActId, string Kind, [property: JsonIgnore] Guid? AccountId, [property: JsonIgnore] Guid? ToOrganizationId, [property: JsonIgnore] string Why) : IAuditEvent
{
    public static string Name => "act.asked.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => ToOrganizationId;

    public string? Reason => Why;
}

/// <summary>Saved with the act itself, whose own events name the second person.</summary>
/// <param name="AskedBy">The first person; the actor is the second.</param>
public sealed record ActConfirmed(
    Guid ActId, string Kind, Guid AskedBy, [property: JsonIgnore] Guid? AccountId, [property: JsonIgnore] Guid? ToOrganizationId) : IAuditEvent
{
    public static string Name => "act.confirmed.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => ToOrganizationId;
}

/// <param name="AskedBy">The first person; the actor is the second.</param>
public sealed record ActRefused(
    Guid ActId, string Kind, Guid AskedBy, [property: JsonIgnore] Guid? AccountId, [property: JsonIgnore] Guid? ToOrganizationId) : IAuditEvent
{
    public static string Name => "act.refused.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => ToOrganizationId;
}

/// <summary>By whoever had asked for it.</summary>
public sealed record ActWithdrawn(
    Guid ActId, string Kind, [property: JsonIgnore] Guid? AccountId, [property: JsonIgnore] Guid? ToOrganizationId) : IAuditEvent
{
    public static string Name => "act.withdrawn.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => ToOrganizationId;
}
