using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>
/// Runs a theory (place, language, database) for every page of a room in every state: in English on SQLite, with samples in the other languages and on
/// PostgreSQL; in a full run for the whole product of the three.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachPlaceAttribute(Room room) : DataAttribute
{
    private static readonly (string Place, string Language, Database Database)[] Samples =
    [
        ("sign-in, nothing entered", "es", Database.Sqlite),
        ("password, refused", "fr", Database.Sqlite),
        ("questions, nothing entered", "es", Database.Sqlite),
        ("dashboard, about to end", "fr", Database.Sqlite),
        ("dashboard, view only", "es", Database.Postgres),
        ("announcement, refused", "fr", Database.Sqlite),
    ];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Rows().Select(row => ConvertDataRow(new object[] { row.Place, row.Language, row.Database }))]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private IEnumerable<(string Place, string Language, Database Database)> Rows()
    {
        string[] names = [.. Place.In(room).Select(place => place.Name)];
        return Extent.IsFull
            ? from name in names from language in Cardea.Hosting.Languages.All from database in Enum.GetValues<Database>() select (name, language, database)
            : names.Select(name => (name, "en", Database.Sqlite)).Concat(Samples.Where(sample => names.Contains(sample.Place)));
    }
}
