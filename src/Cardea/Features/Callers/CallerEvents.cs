using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Callers;

/// <summary>To the person themselves, who was signed in.</summary>
public sealed record CallerCodeShown([property: JsonIgnore] Guid AccountId, Guid SessionId) : IAuditEvent
{
    public static string Name => "caller.code_shown.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>To the address on file, by somebody who helps.</summary>
public sealed record CallerCodeMailed([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId) : IAuditEvent
{
    public static string Name => "caller.code_mailed.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <param name="SessionId">Of the helper, in which the check holds.</param>
public sealed record CallerChecked([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, Guid SessionId) : IAuditEvent
{
    public static string Name => "caller.checked.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;
}

/// <summary>What somebody read out on the phone was not the code.</summary>
/// <param name="SessionId">Of the helper.</param>
/// <param name="Tries">Of this code, this one included.</param>
public sealed record CallerRefused([property: JsonIgnore] Guid AccountId, [property: JsonIgnore] Guid HomeOrganizationId, Guid SessionId, int Tries) : IAuditEvent
{
    public static string Name => "caller.refused.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;

    public AuditOutcome Outcome => AuditOutcome.Failure;
}
