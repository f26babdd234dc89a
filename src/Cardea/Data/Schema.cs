using Cardea.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace Cardea.Data;

/// <summary>Brings the database to the model of this version, or says how to.</summary>
public sealed class Schema(AppDbContext db, IDataProtectionProvider protection, IOptions<DataSettings> settings)
{
    /// <summary>At start: SQLite is ours alone and is migrated; PostgreSQL only when allowed, since other nodes may run the former version.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // Asked first: the usual start finds nothing to do, and even so migrating would compare whole models.
        var isOlder = await IsOlderAsync(cancellationToken);
        if (isOlder && db is not SqliteAppDbContext && !settings.Value.MigrateAtStart)
        {
            throw new ConfigurationMistakeException(
                "The database is older than this version of Cardea: run \"cardea migrate\" first, or set Cardea:MigrateAtStart=true.");
        }

        if (isOlder)
        {
            await MigrateAsync(cancellationToken);
        }

        // Makes the first key, if there is none yet. It is written through a connection of its own: inside an operation's transaction, which
        // encrypts a message say, it would wait for the very writer that waits for it.
        protection.CreateProtector(nameof(Schema)).Protect([]);
    }

    /// <summary>Safe to run from several nodes or processes at once: one migrates, the others find it done.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (db is SqliteAppDbContext)
        {
            await MigrateFileAsync(cancellationToken);
            return;
        }

        db.Database.SetCommandTimeout(TimeSpan.Zero);   // none: to change a large table takes its time
        await db.Database.MigrateAsync(cancellationToken);
    }

    private async Task<bool> IsOlderAsync(CancellationToken cancellationToken)
    {
        var applied = db is SqliteAppDbContext ? await AppliedToFileAsync(cancellationToken) : await db.Database.GetAppliedMigrationsAsync(cancellationToken);
        return db.Database.GetMigrations().Except(applied).Any();
    }

    /// <summary>EF Core's own question would first compute a model of the one table that it reads: one twentieth of the whole start.</summary>
    private async Task<IEnumerable<string>> AppliedToFileAsync(CancellationToken cancellationToken) =>
        await db.GetService<IHistoryRepository>().ExistsAsync(cancellationToken)
            ? await db.Database.SqlQuery<string>($"SELECT MigrationId FROM __EFMigrationsHistory").ToListAsync(cancellationToken)
            : [];

    /// <summary>
    /// On SQLite, EF Core's own lock is a row that a killed process leaves behind, and every later start would wait for it silently and for
    /// ever. So the lock is one on a file beside the database, which the operating system takes back from whoever dies; under it, a row that
    /// is still there can only be stale.
    /// </summary>
    private async Task MigrateFileAsync(CancellationToken cancellationToken)
    {
        var beside = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        beside.DataSource += "-migration";
        await using var file = new SqliteConnection(beside.ToString());
        await file.OpenAsync(cancellationToken);
        await using var onlyOne = await file.BeginTransactionAsync(cancellationToken);   // BEGIN IMMEDIATE: waits as long as any writer may

        await db.Database.ExecuteSqlAsync($"DROP TABLE IF EXISTS __EFMigrationsLock", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);

        // Readers never wait for the writer. Kept in the file itself.
        await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
    }
}
