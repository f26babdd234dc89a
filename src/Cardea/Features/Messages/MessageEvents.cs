using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Messages;

/// <summary>Handed over to the mail server, or the provider of texts; whether somebody read it, nobody knows.</summary>
public sealed record MessageSent([property: JsonIgnore] Guid? AccountId, Guid MessageId, string Kind) : IAuditEvent
{
    public static string Name => "message.sent.v1";

    public Guid? SubjectId => AccountId;
}

/// <param name="Answer">The server's code.</param>
public sealed record MessageRefused(
    [property: JsonIgnore] Guid? AccountId, Guid MessageId, string Kind, [property: JsonIgnore] string Answer) : IAuditEvent
{
    public static string Name => "message.refused.v1";

    public Guid? SubjectId => AccountId;

    public AuditOutcome Outcome => AuditOutcome.Failure;

    public string? Reason => Answer;
}

/// <summary>It could not be handed over while it still meant something.</summary>
public sealed record MessageGivenUp([property: JsonIgnore] Guid? AccountId, Guid MessageId, string Kind) : IAuditEvent
{
    public static string Name => "message.given_up.v1";

    public Guid? SubjectId => AccountId;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}
