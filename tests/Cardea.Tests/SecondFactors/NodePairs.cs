namespace Cardea.Tests.SecondFactors;

/// <summary>Two nodes on each database, for the tests of one class: <c>var (first, second) = await nodes.OnAsync(database)</c>.</summary>
public class NodePairs : IAsyncDisposable
{
    /// <summary>All at once: where they wait for one another at the gate, they hardly meet in the database.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings => [("Cardea:Hashing:Workers", "12")];

    private readonly Dictionary<Database, (CardeaApp First, CardeaApp Second)> _pairs = [];

    public async Task<(CardeaApp First, CardeaApp Second)> OnAsync(Database database)
    {
        if (!_pairs.TryGetValue(database, out var pair))
        {
            var first = await CardeaApp.StartAsync(database, Settings);
            _pairs[database] = pair = (first, first.StartSecondNode(Settings));
        }

        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var (first, second) in _pairs.Values)
        {
            await second.DisposeAsync();
            await first.DisposeAsync();
        }
    }
}
