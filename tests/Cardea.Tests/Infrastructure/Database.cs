using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Cardea.Tests.Infrastructure;

public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>
/// Runs a theory on both databases in a full run; the theory's first parameter is the <see cref="Database"/>, the others are given here. Otherwise
/// on both where the database itself is tried, by races or by what it stores, and else on one of them in turn: which, its name decides.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EachDatabaseAttribute(params object?[] further) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Databases(testMethod).Select(database => ConvertDataRow(new object?[] { database }.Concat(further).ToArray()))]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private Database[] Databases(MethodInfo test) => Extent.IsFull || TriesTheDatabase(test.DeclaringType!)
        ? Enum.GetValues<Database>()
        : [$"{test.Name}{string.Join(',', further)}".Sum(letter => letter) % 2 == 0 ? Database.Sqlite : Database.Postgres];

    private static bool TriesTheDatabase(Type tests) =>
        tests.Namespace!.EndsWith(".Data", StringComparison.Ordinal) || tests.Name.Contains("Parallel", StringComparison.Ordinal);
}
