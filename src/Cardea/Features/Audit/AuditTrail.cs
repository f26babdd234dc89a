using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cardea.Data;

namespace Cardea.Features.Audit;

/// <summary>
/// Something worth keeping for years. Its own properties become the payload: ids, counts and reasons; never a secret, an address or a name
/// somebody typed.
/// </summary>
public interface IAuditEvent
{
    /// <summary>Written out with a version, never taken from the type: "password.replaced.v1".</summary>
    static abstract string Name { get; }

    Guid? SubjectId { get; }

    Guid? OrganizationId => null;

    AuditOutcome Outcome => AuditOutcome.Success;

    string? Reason => null;
}

/// <summary>What happened, by whom and from where; written with the change itself or not at all.</summary>
public sealed class AuditTrail(AppDbContext db, TimeProvider clock, Actor actor)
{
    private static readonly string Node = Environment.MachineName;

    /// <summary>What has a column of its own is not kept a second time.</summary>
    private static readonly JsonSerializerOptions PayloadAlone = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutColumns } } };

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
            Payload = JsonSerializer.Serialize(happened, PayloadAlone),
        });

    private static void WithoutColumns(JsonTypeInfo type)
    {
        var columns = typeof(IAuditEvent).GetProperties().Select(property => property.Name).ToHashSet();
        foreach (var property in type.Properties.Where(property => columns.Contains(property.Name)).ToList())
        {
            type.Properties.Remove(property);
        }
    }
}
