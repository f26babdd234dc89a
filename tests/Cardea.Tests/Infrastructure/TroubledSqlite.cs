using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cardea.Tests.Infrastructure;

/// <summary>Gives the app's connections to its SQLite file the troubles that a disk or another program would.</summary>
public sealed class TroubledSqlite : DbConnectionInterceptor
{
    private const uint MostPages = 4294967294;   // SQLite's own default

    private bool _diskWasEverFull;

    /// <summary>The file may not grow by a single page any more.</summary>
    public bool DiskIsFull
    {
        get;
        set => (field, _diskWasEverFull) = (value, true);
    }

    /// <summary>Seconds to wait for a writer of another process; null: as long as in production.</summary>
    public int? Patience { get; set; }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Trouble(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Trouble(connection);
        return Task.CompletedTask;
    }

    private void Trouble(DbConnection connection)
    {
        if (connection is not SqliteConnection sqlite)
        {
            return;
        }

        sqlite.DefaultTimeout = Patience ?? sqlite.DefaultTimeout;
        if (_diskWasEverFull)
        {
            using var limit = sqlite.CreateCommand();
            limit.CommandText = $"PRAGMA max_page_count = {(DiskIsFull ? 1 : MostPages)}";   // never fewer than there are
            limit.ExecuteNonQuery();
        }
    }
}
