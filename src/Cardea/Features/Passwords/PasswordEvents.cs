using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Passwords;

/// <param name="WasTemporary">Otherwise it had expired.</param>
public sealed record PasswordReplaced([property: JsonIgnore] Guid AccountId, bool WasTemporary) : IAuditEvent
{
    public static string Name => "password.replaced.v1";

    public Guid? SubjectId => AccountId;
}
