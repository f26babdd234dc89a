using Cardea.Features.Audit;

namespace Cardea.Features.SetUp;

public sealed record SetUpClosed : IAuditEvent
{
    public static string Name => "set_up.closed.v1";

    public Guid? SubjectId => null;
}
