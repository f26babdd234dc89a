using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cardea.Data;

/// <summary>For more than one node. Writers meet only on the rows they share.</summary>
public sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options)
{
    public override async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken, WriteTurn turn = WriteTurn.Next) =>
        new(await Database.BeginTransactionAsync(cancellationToken), writers: null);

    public override object Stored(DateTimeOffset time) => time.ToUniversalTime();

    // timestamptz takes UTC only.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();

    /// <summary>Not private: the compiled model names it.</summary>
    internal sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), stored => stored);
}
