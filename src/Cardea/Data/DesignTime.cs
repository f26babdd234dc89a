using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cardea.Data;

/// <summary>For <c>dotnet ef migrations add</c>: neither database is opened.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<SqliteAppDbContext>, IDesignTimeDbContextFactory<PostgresAppDbContext>
{
    SqliteAppDbContext IDesignTimeDbContextFactory<SqliteAppDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite("Data Source=design-time.db").Options);

    PostgresAppDbContext IDesignTimeDbContextFactory<PostgresAppDbContext>.CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql("Host=localhost;Database=design-time").Options);
}
