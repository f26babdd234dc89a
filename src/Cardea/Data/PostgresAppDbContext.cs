using Cardea.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cardea.Data;

/// <summary>For more than one node. Writers meet only on the rows they share.</summary>
public sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options)
{
    public override async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken, WriteTurn turn = WriteTurn.Next) =>
        new(await Database.BeginTransactionAsync(cancellationToken), writers: null);

    public override object Stored(DateTimeOffset time) => time.ToUniversalTime();

    /// <summary>By code points, as SQLite does: only such an index finds what begins with some letters.</summary>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<SearchKey>().Property(key => key.Key).UseCollation("C");
    }

    // timestamptz takes UTC only.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

    /// <summary>Not private: the compiled model names it.</summary>
    internal sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), stored => stored);
}
