using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Sessions;

public sealed record JourneyCompleted([property: JsonIgnore] Guid AccountId, Guid SessionId) : IAuditEvent
{
    public static string Name => "sign_in.completed.v1";

    public Guid? SubjectId => AccountId;
}

public sealed record SessionEnded(
    [property: JsonIgnore] Guid AccountId,
    Guid SessionId,
    [property: JsonIgnore] SessionEnd Because) : IAuditEvent
{
    public static string Name => "session.ended.v1";

    public Guid? SubjectId => AccountId;

    public string? Reason => Because.ToString();
}

/// <summary>By their owner, from the session that the entry belongs to (V7.5.2).</summary>
public sealed record OtherSessionsEnded([property: JsonIgnore] Guid AccountId, int Count) : IAuditEvent
{
    public static string Name => "session.others_ended.v1";

    public Guid? SubjectId => AccountId;
}
