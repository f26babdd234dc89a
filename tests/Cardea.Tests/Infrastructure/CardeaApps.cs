using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(CardeaApps))]

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// One app per database: <c>await apps.OnAsync(database)</c>. Classes that leave the clock alone and look only at people whom they added take
/// the apps of the whole run, in their constructor; an app takes a second to warm up. The others have apps of their own, by
/// <c>IClassFixture&lt;CardeaApps&gt;</c>, whose tests run one after another.
/// </summary>
public class CardeaApps : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(Database, string?), Lazy<Task<CardeaApp>>> _apps = [];

    /// <summary>What the apps of a class have in common: override it in a fixture of its own.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings => [];

    /// <param name="preset">Null for the usual one.</param>
    public Task<CardeaApp> OnAsync(Database database, string? preset = null) => _apps.GetOrAdd((database, preset), _ => new(() => CardeaApp.StartAsync(
        database, [.. Settings, .. preset is null ? [] : new[] { ("Cardea:Policy", preset) }]))).Value;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var app in _apps.Values)
        {
            await (await app.Value).DisposeAsync();
        }
    }
}

public static class SharedApps
{
    extension(CardeaApp app)
    {
        /// <summary>Moves the clock on a little. What is on record from then on is of this test alone: <c>entry.At >= begun</c>.</summary>
        public DateTimeOffset BeginAnew()
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            return app.Clock.GetUtcNow();
        }
    }
}
