using Cardea.Data;
using Cardea.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Data;

public sealed class SchemaTests
{
    /// <summary>Other nodes may still run the former version: only who is allowed to changes the schema.</summary>
    [Fact]
    public async Task An_older_PostgreSQL_database_stops_the_start_with_a_sentence_that_says_what_to_do()
    {
        await using var data = await TestData.CreateEmptyAsync(Database.Postgres);
        await using var db = Contexts.Postgres(data.Postgres!);
        var schema = NewSchema(db);

        var mistake = await Assert.ThrowsAsync<ConfigurationMistakeException>(() => schema.PrepareAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The database is older than this version of Cardea: run \"cardea migrate\" first, or set Cardea:MigrateAtStart=true.", mistake.Message);
    }

    [Theory, EachDatabase]
    public async Task An_empty_database_is_made_ready_where_that_is_allowed_and_doing_it_again_does_no_harm(Database database)
    {
        await using var data = await TestData.CreateEmptyAsync(database);
        await using AppDbContext db = database is Database.Postgres ? Contexts.Postgres(data.Postgres!) : Contexts.Sqlite($"Data Source={Path.Combine(data.Folder, "cardea.db")}");
        var schema = NewSchema(db, mayMigrate: true);

        await schema.PrepareAsync(TestContext.Current.CancellationToken);
        await schema.PrepareAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Accounts.ToListAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>EF Core notes in a row that it migrates; whoever is killed meanwhile never removes it.</summary>
    [Fact(Timeout = 60_000)]
    public async Task What_a_killed_migration_leaves_behind_keeps_no_later_start_waiting()
    {
        await using var data = await TestData.CreateEmptyAsync(Database.Sqlite);
        await using var db = Contexts.Sqlite($"Data Source={data.Folder}/cardea.db");
        await db.Database.ExecuteSqlAsync(
            $"""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL)""", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-03-02 14:00:00+00:00')""", TestContext.Current.CancellationToken);

        await NewSchema(db).PrepareAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_meets_another_process_at_migrating_waits_no_longer_than_for_any_writer_and_changes_nothing()
    {
        await using var data = await TestData.CreateEmptyAsync(Database.Sqlite);
        await using var other = new SqliteConnection($"Data Source={data.Folder}/cardea.db-migration;Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var migrating = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var db = Contexts.Sqlite($"Data Source={data.Folder}/cardea.db;Default Timeout=1");

        var trouble = await Assert.ThrowsAsync<SqliteException>(() => NewSchema(db).PrepareAsync(TestContext.Current.CancellationToken));

        Assert.Contains("database is locked", ConfigurationMistakes.SentenceFor(trouble), StringComparison.Ordinal);
        Assert.Empty(await db.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
    }

    private static Schema NewSchema(AppDbContext db, bool mayMigrate = false) =>
        new(db, new EphemeralDataProtectionProvider(), Options.Create(new DataSettings { MigrateAtStart = mayMigrate }));
}
