using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SetUp;

/// <summary>
/// The way in for the first operator of an empty registry: a link that works once. It closes for good with the first operator, also if that
/// account is later disabled or removed (V6.3.2, GHSA-rjvp-29xq-f62w).
/// </summary>
public sealed class SetUpDoor(AppDbContext db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>At the start of a server. The token of the only link that works from now on; null when the registry has, or had, an operator.</summary>
    public async Task<string?> OpenAsync(CancellationToken cancellationToken)
    {
        if (await db.Registry.AnyAsync(registry => registry.SetUpClosedAt != null, cancellationToken))
        {
            return null;
        }

        var token = Secrets.New();
        var hash = Secrets.Hash(token);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await EnsureRowAsync(cancellationToken);
        var opened = await db.Registry
            .Where(registry => registry.SetUpClosedAt == null && !db.Memberships.Any(m => (m.Roles & Roles.RegistryOperator) != 0))
            .ExecuteUpdateAsync(set => set.SetProperty(registry => registry.SetUpTokenHash, hash), cancellationToken);
        await write.CommitAsync(cancellationToken);
        return opened == 1 ? token : null;
    }

    public async Task<bool> OpensForAsync(string? token, CancellationToken cancellationToken)
    {
        if (!Secrets.HasShape(token))
        {
            return false;
        }

        var hash = Secrets.Hash(token!);
        return await db.Registry.AnyAsync(registry => registry.SetUpClosedAt == null && registry.SetUpTokenHash == hash, cancellationToken);
    }

    /// <summary>By the link: of two who send the form at once, one closes the door and the other finds it closed. Part of the caller's transaction.</summary>
    public Task<bool> TryCloseAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(token);
        return CloseAsync(db.Registry.Where(registry => registry.SetUpTokenHash == hash), cancellationToken);
    }

    /// <summary>Without a link: an operator was made on the command line. Part of the caller's transaction.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await EnsureRowAsync(cancellationToken);
        await CloseAsync(db.Registry, cancellationToken);
    }

    private async Task<bool> CloseAsync(IQueryable<Registry> registries, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var closed = await registries
            .Where(registry => registry.SetUpClosedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(registry => registry.SetUpClosedAt, now)
                    .SetProperty(registry => registry.SetUpTokenHash, (byte[]?)null),
                cancellationToken);
        if (closed == 1)
        {
            audit.Add(new SetUpClosed());
        }

        return closed == 1;
    }

    /// <summary>The one row, whoever comes first.</summary>
    private async Task EnsureRowAsync(CancellationToken cancellationToken)
    {
        var registry = new Registry();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Registry" ("Id", "DisplayName") VALUES ({registry.Id}, {registry.DisplayName}) ON CONFLICT ("Id") DO NOTHING
            """,
            cancellationToken);
    }
}
