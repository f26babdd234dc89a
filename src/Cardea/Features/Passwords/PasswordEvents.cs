using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Passwords;

/// <param name="WasTemporary">Otherwise it was compromised, or had expired.</param>
/// <param name="WasCompromised">Left out where it was not.</param>
public sealed record PasswordReplaced(
    [property: JsonIgnore] Guid AccountId,
    bool WasTemporary,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool WasCompromised) : IAuditEvent
{
    public static string Name => "password.replaced.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>By its owner, who proved the current one (S2-11).</summary>
/// <param name="SessionsEnded">All but the one in which it was changed.</param>
public sealed record PasswordChanged([property: JsonIgnore] Guid AccountId, int SessionsEnded) : IAuditEvent
{
    public static string Name => "password.changed.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>Somebody who is in did not know the current one.</summary>
public sealed record PasswordChangeRefused([property: JsonIgnore] Guid AccountId) : IAuditEvent
{
    public static string Name => "password.change_refused.v1";

    public Guid? SubjectId => AccountId;
}

/// <summary>Somebody else knows it, or may know it (N-04).</summary>
/// <param name="Why">As the one who flagged it gave it.</param>
public sealed record PasswordFlagged(
    [property: JsonIgnore] Guid AccountId,
    [property: JsonIgnore] Guid HomeOrganizationId,
    int SessionsEnded,
    [property: JsonIgnore] string Why) : IAuditEvent
{
    public static string Name => "password.flagged_compromised.v1";

    public Guid? SubjectId => AccountId;

    public Guid? OrganizationId => HomeOrganizationId;

    public string? Reason => Why;
}
