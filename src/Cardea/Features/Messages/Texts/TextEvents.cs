using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Messages.Texts;

/// <param name="Cap">Of the hour or of the day.</param>
public sealed record TextsStopped([property: JsonConverter(typeof(JsonStringEnumConverter))] TextCap Cap, int Count) : IAuditEvent
{
    public static string Name => "texts.stopped.v1";

    public Guid? SubjectId => null;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}
