using Cardea.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Data;

/// <summary>Brings the database to the model of this version, or says how to.</summary>
public sealed class Schema(AppDbContext db, IOptions<DataSettings> settings)
{
    /// <summary>At start: SQLite is ours alone and is migrated; PostgreSQL only when allowed, since other nodes may run the former version.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (db is SqliteAppDbContext || settings.Value.MigrateAtStart)
        {
            await MigrateAsync(cancellationToken);
            return;
        }

        var pending = await db.Database.GetPendingMigrationsAsync(cancellationToken);
        if (pending.Any())
        {
            throw new ConfigurationMistakeException(
                "The database is older than this version of Cardea: run \"cardea migrate\" first, or set Cardea:MigrateAtStart=true.");
        }
    }

    /// <summary>Safe to run from several nodes at once: EF Core takes a lock in the database.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await db.Database.MigrateAsync(cancellationToken);
        if (db is SqliteAppDbContext)
        {
            // Readers never wait for the writer. Kept in the file itself.
            await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
        }
    }
}
