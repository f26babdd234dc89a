using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>
/// Runs a theory (place, language, database) for every page in every state: in English on SQLite, with samples in the other languages and on
/// PostgreSQL; in a full run for the whole product of the three.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachPlaceAttribute : DataAttribute
{
    private static readonly (string, string, Database)[] Samples =
    [
        ("sign-in, nothing entered", "es", Database.Sqlite),
        ("password, refused", "fr", Database.Sqlite),
        ("questions, nothing entered", "es", Database.Sqlite),
        ("dashboard, about to end", "fr", Database.Sqlite),
        ("dashboard, view only", "es", Database.Postgres),
    ];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Rows().Select(row => ConvertDataRow(new object[] { row.Place, row.Language, row.Database }))]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private static IEnumerable<(string Place, string Language, Database Database)> Rows()
    {
        var names = Place.All.Select(place => place.Name);
        return Extent.IsFull
            ? from name in names from language in Cardea.Hosting.Languages.All from database in Enum.GetValues<Database>() select (name, language, database)
            : names.Select(name => (name, "en", Database.Sqlite)).Concat(Samples);
    }
}
