using Cardea.Features.Audit;

namespace Cardea.Features.People;

/// <summary>Names and addresses of many left the registry.</summary>
/// <param name="Filter">Of the list that was exported; what was searched for is somebody's name.</param>
public sealed record PeopleExported(string Filter) : IAuditEvent
{
    public static string Name => "people.exported.v1";

    public Guid? SubjectId => null;
}
