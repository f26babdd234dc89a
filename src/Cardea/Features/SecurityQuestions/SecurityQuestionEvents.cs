using System.Text.Json.Serialization;
using Cardea.Features.Audit;

namespace Cardea.Features.SecurityQuestions;

public sealed record SecurityQuestionsSet([property: JsonIgnore] Guid AccountId, int Count) : IAuditEvent
{
    public static string Name => "security_questions.set.v1";

    public Guid? SubjectId => AccountId;
}
