using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.EmailAddresses;

public sealed record EmailConfirmed([property: JsonIgnore] Guid AccountId) : IAuditEvent
{
    public static string Name => "email.confirmed.v1";

    public Guid? SubjectId => AccountId;
}

/// <param name="Number">Of the codes in the running hour.</param>
public sealed record EmailCodeSent([property: JsonIgnore] Guid AccountId, Guid SessionId, int Number) : IAuditEvent
{
    public static string Name => "email.code_sent.v1";

    public Guid? SubjectId => AccountId;
}

/// <param name="Tries">Of this code, this one included.</param>
public sealed record EmailCodeRefused([property: JsonIgnore] Guid AccountId, Guid SessionId, int Tries) : IAuditEvent
{
    public static string Name => "email.code_refused.v1";

    public Guid? SubjectId => AccountId;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}

public sealed record EmailChanged([property: JsonIgnore] Guid AccountId) : IAuditEvent
{
    public static string Name => "email.changed.v1";

    public Guid? SubjectId => AccountId;
}
