using Cardea.Data;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SetUp;

/// <summary>
/// The registry's name, help desk and public address, which every page shows: read once and kept for a moment, because a signed-in page may
/// ask the database three times at most. Another node's change shows after <see cref="Freshness"/>.
/// </summary>
public sealed class RegistryProfile(IServiceScopeFactory scopes, TimeProvider clock)
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
        var registry = await db.Registry.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new Registry();
        _snapshot = new(registry, clock.GetTimestamp());
        return registry;
    }

    public Registry LastKnown => _snapshot?.Registry ?? new();

    /// <summary>After a change on this node.</summary>
    public void Forget() => _snapshot = null;

    private sealed record Snapshot(Registry Registry, long ReadAt);
}
