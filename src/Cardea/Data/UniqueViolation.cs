using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Cardea.Data;

/// <summary>
/// A unique index is the last judge of what is taken: two people may ask for the same name at the same moment. Its verdict becomes an answer.
/// </summary>
public static class UniqueViolation
{
    private const int SqliteUniqueConstraint = 2067;   // SQLITE_CONSTRAINT_UNIQUE

    extension(DbUpdateException problem)
    {
        /// <summary>Whether a unique index of <paramref name="table"/> refused the row. SQLite names the columns, not the index.</summary>
        public bool IsDuplicateIn(string table) => problem.InnerException switch
        {
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres => postgres.TableName == table,
            SqliteException { SqliteExtendedErrorCode: SqliteUniqueConstraint } sqlite => sqlite.Message.Contains($" {table}.", StringComparison.Ordinal),
            _ => false,
        };
    }
}
