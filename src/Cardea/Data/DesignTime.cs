using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cardea.Data;

/// <summary>For <c>dotnet ef migrations add</c>: neither database is opened.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<SqliteAppDbContext>, IDesignTimeDbContextFactory<PostgresAppDbContext>
{
    /// <summary>Identity reads its schema version (3: with passkeys) from here.</summary>
    private static readonly IServiceProvider Services = new ServiceCollection()
        .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    SqliteAppDbContext IDesignTimeDbContextFactory<SqliteAppDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite("Data Source=design-time.db").UseApplicationServiceProvider(Services).Options);

    PostgresAppDbContext IDesignTimeDbContextFactory<PostgresAppDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql("Host=localhost;Database=design-time").UseApplicationServiceProvider(Services).Options);
}
