using Cardea.Data;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Tests.Infrastructure;

/// <summary>The product's contexts without the product around them: for templates and for questions about the model.</summary>
public static class Contexts
{
    /// <summary>Identity reads its schema version from here, as in the product.</summary>
    private static readonly IServiceProvider Services = new ServiceCollection()
        .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    public static SqliteAppDbContext Sqlite(string connection) =>
        new(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite(connection).UseApplicationServiceProvider(Services).Options);

    public static PostgresAppDbContext Postgres(string connection) =>
        new(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql(connection).UseApplicationServiceProvider(Services).Options);
}
