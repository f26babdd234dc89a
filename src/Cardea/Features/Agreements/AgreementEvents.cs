using System.Text.Json.Serialization;
using Cardea.Features.Audit;
using Cardea.Rules.Agreements;

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

public sealed record AgreementPublished(
    Guid VersionId,
    [property: JsonConverter(typeof(JsonStringEnumConverter))] AgreementKind Kind,
    int Number) : IAuditEvent
{
    public static string Name => "agreement.published.v1";

    public Guid? SubjectId => null;
}
