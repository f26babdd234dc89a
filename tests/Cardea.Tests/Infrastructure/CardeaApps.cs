using System.Collections.Concurrent;

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// One app per database for a whole test class: <c>IClassFixture&lt;CardeaApps&gt;</c>, then <c>await apps.OnAsync(database)</c>. Its tests
/// run one after another and share people and clock, so each adds its own people.
/// </summary>
public sealed class CardeaApps : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Database, Task<CardeaApp>> _apps = [];

    public Task<CardeaApp> OnAsync(Database database) => _apps.GetOrAdd(database, one => CardeaApp.StartAsync(one));

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await (await app).DisposeAsync();
        }
    }
}
