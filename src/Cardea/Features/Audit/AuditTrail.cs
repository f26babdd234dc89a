using System.Text.Json;
using System.Text.Json.Serialization;
using Cardea.Data;

namespace Cardea.Features.Audit;

/// <summary>
/// Something worth keeping for years. Its own properties become the payload: ids, counts and reasons; never a secret, an address or a name
/// somebody typed.
/// </summary>
public interface IAuditEvent
{
    /// <summary>Written out with a version, never taken from the type: "password.changed.v1".</summary>
    static abstract string Name { get; }

    [JsonIgnore]
    Guid? SubjectId { get; }

    [JsonIgnore]
    Guid? OrganizationId => null;

    [JsonIgnore]
    AuditOutcome Outcome => AuditOutcome.Success;

    [JsonIgnore]
    string? Reason => null;
}

public sealed class AuditTrail(AppDbContext db, TimeProvider clock, Actor actor)
{
    private static readonly string Node = Environment.MachineName;

    /// <summary>Joins the current unit of work: the change and its entry are saved together, or neither is.</summary>
    public void Add<TEvent>(TEvent happened)
        where TEvent : IAuditEvent =>
        db.AuditEntries.Add(new()
        {
            Id = clock.NewId(),
            Name = TEvent.Name,
            At = clock.Now,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            OrganizationId = happened.OrganizationId ?? actor.OrganizationId,
            SubjectId = happened.SubjectId,
            Outcome = happened.Outcome,
            Address = actor.Address,
            Reason = happened.Reason,
            Correlation = actor.Correlation,
            Origin = Node,
            Payload = JsonSerializer.Serialize(happened),
        });
}
