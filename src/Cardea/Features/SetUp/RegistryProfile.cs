using Cardea.Data;
using Cardea.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SetUp;

/// <summary>
/// The registry's name, help desk and public address, which every page shows: read once and kept for a moment, because a signed-in page may
/// ask the database three times at most. Another node's change shows after <see cref="Freshness"/>. A public address in the configuration
/// stands above the one of the set-up.
/// </summary>
public sealed class RegistryProfile(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private volatile Snapshot? _snapshot;

    public async ValueTask<Registry> GetAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is { } kept && clock.GetElapsedTime(kept.ReadAt) < Freshness)
        {
            return kept.Registry;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var registry = Configured(await db.Registry.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new Registry());
        var now = clock.GetTimestamp();
        _snapshot = new(registry, ReadAt: now, AskedAt: now);
        return registry;
    }

    /// <summary>While the database is away: what was true a moment ago, rather than nothing.</summary>
    public async ValueTask<Registry> GetOrLastKnownAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is { } kept && clock.GetElapsedTime(kept.AskedAt) < Freshness)
        {
            return kept.Registry;
        }

        try
        {
            return await GetAsync(cancellationToken);
        }
        catch (Exception problem) when (problem.IsDatabaseTrouble)
        {
            LeaveDatabaseAlone();
            return _snapshot?.Registry ?? Configured(new());
        }
    }

    /// <summary>The database is away. One that keeps silent costs seconds, which a person waits; so pages make do with what is known for a while.</summary>
    public void LeaveDatabaseAlone() => _snapshot = _snapshot is { } known ? known with { AskedAt = clock.GetTimestamp() } : null;

    /// <summary>After a change on this node.</summary>
    public void Forget() => _snapshot = null;

    private Registry Configured(Registry registry)
    {
        registry.PublicAddress = PublicAddress.Configured(configuration)?.GetLeftPart(UriPartial.Authority) ?? registry.PublicAddress;
        return registry;
    }

    private sealed record Snapshot(Registry Registry, long ReadAt, long AskedAt);
}
