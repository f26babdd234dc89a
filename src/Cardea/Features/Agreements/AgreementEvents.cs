using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.Agreements;

public sealed record AgreementAccepted(
    [property: JsonIgnore] Guid AccountId,
    string Agreement,
    Guid VersionId,
    string Language,
    string TextHash) : IAuditEvent
{
    public static string Name => "agreement.accepted.v1";

    public Guid? SubjectId => AccountId;
}
