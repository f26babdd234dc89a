using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Passwords;

/// <param name="WasTemporary">Otherwise it had expired.</param>
public sealed record PasswordReplaced([property: JsonIgnore] Guid AccountId, bool WasTemporary) : IAuditEvent
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
