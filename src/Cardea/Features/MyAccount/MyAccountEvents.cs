using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.MyAccount;

/// <param name="Fields">Their names, never what stands in them.</param>
public sealed record DetailsChanged([property: JsonIgnore] Guid AccountId, IReadOnlyList<string> Fields) : IAuditEvent
{
    public static string Name => "account.details_changed.v1";

    public Guid? SubjectId => AccountId;
}
