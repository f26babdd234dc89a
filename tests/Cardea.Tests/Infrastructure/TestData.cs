using Microsoft.Data.Sqlite;

namespace Cardea.Tests.Infrastructure;

/// <summary>A fresh database of one test app, with a folder for its files. Both are gone when it is disposed.</summary>
public sealed class TestData : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> MigratedFile = new(MigrateFileAsync);

    private TestData(Database database, string folder, string? postgres) => (Database, Folder, Postgres) = (database, folder, postgres);

    public Database Database { get; }

    public string Folder { get; }

    /// <summary>Connection string; null on SQLite.</summary>
    public string? Postgres { get; }

    /// <summary>With the schema of this version, and nobody in it.</summary>
    public static async Task<TestData> CreateAsync(Database database)
    {
        var folder = NewFolder();
        if (database is Database.Postgres)
        {
            return new(database, folder, await PostgresServer.CreateDatabaseAsync());
        }

        await File.WriteAllBytesAsync(FileIn(folder), await MigratedFile.Value);
        return new(database, folder, postgres: null);
    }

    /// <summary>Without even a schema.</summary>
    public static async Task<TestData> CreateEmptyAsync(Database database) =>
        new(database, NewFolder(), database is Database.Postgres ? await PostgresServer.CreateEmptyDatabaseAsync() : null);

    public async ValueTask DisposeAsync()
    {
        if (Postgres is not null)
        {
            await PostgresServer.DropDatabaseAsync(Postgres);
        }
        else
        {
            SqliteConnection.ClearAllPools();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("cardea-test-").FullName;

    private static string FileIn(string folder) => Path.Combine(folder, "cardea.db");

    private static async Task<byte[]> MigrateFileAsync()
    {
        var folder = NewFolder();
        await using (var db = Contexts.Sqlite($"Data Source={FileIn(folder)};Pooling=false"))
        {
            await db.Database.MigrateAsync();
        }

        var file = await File.ReadAllBytesAsync(FileIn(folder));
        Directory.Delete(folder, recursive: true);
        return file;
    }
}
