namespace Cardea.Tests.SecondFactors;

/// <summary>Two nodes on each database, for the tests of one class: <c>var (first, second) = await nodes.OnAsync(database)</c>.</summary>
public sealed class NodePairs : IAsyncDisposable
{
    /// <summary>All at once: where they wait for one another at the gate, they hardly meet in the database.</summary>
    private static readonly (string, string) Workers = ("Cardea:Hashing:Workers", "12");

    private readonly Dictionary<Database, (CardeaApp First, CardeaApp Second)> _pairs = [];

    public async Task<(CardeaApp First, CardeaApp Second)> OnAsync(Database database)
    {
        if (!_pairs.TryGetValue(database, out var pair))
        {
            var first = await CardeaApp.StartAsync(database, Workers);
            _pairs[database] = pair = (first, first.StartSecondNode(Workers));
        }

        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (first, second) in _pairs.Values)
        {
            await second.DisposeAsync();
            await first.DisposeAsync();
        }
    }
}
