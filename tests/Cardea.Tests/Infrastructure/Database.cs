using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Cardea.Tests.Infrastructure;

public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a theory on both databases; the theory's first parameter is the <see cref="Database"/>, the others are given here.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EachDatabaseAttribute(params object?[] further) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Database>().Select(database => ConvertDataRow(new object?[] { database }.Concat(further).ToArray()))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
