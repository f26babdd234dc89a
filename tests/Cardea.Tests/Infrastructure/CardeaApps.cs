using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(CardeaApps))]

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// One app per database: <c>await apps.OnAsync(database)</c>. Classes that leave the clock alone and look only at people whom they added take
/// the apps of the whole run, in their constructor; an app takes a second to warm up. The others have apps of their own, by
/// <c>IClassFixture&lt;CardeaApps&gt;</c>, whose tests run one after another.
/// </summary>
public sealed class CardeaApps : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Database, Lazy<Task<CardeaApp>>> _apps = [];

    public Task<CardeaApp> OnAsync(Database database) => _apps.GetOrAdd(database, one => new(() => CardeaApp.StartAsync(one))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps.Values)
        {
            await (await app.Value).DisposeAsync();
        }
    }
}
