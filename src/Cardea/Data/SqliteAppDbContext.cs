using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cardea.Data;

/// <summary>The embedded default: one file, one writer.</summary>
public sealed class SqliteAppDbContext(DbContextOptions<SqliteAppDbContext> options) : AppDbContext(options)
{
    /// <summary>
    /// Writers queue here. Left to themselves they would meet SQLITE_BUSY and sleep in steps of 150 ms, which is
    /// unfair and, on a Monday at 8:00, slow. One queue per process: other processes still wait by the busy time-out.
    /// </summary>
    private static readonly WriterDoor Writers = new();

    public override async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken, WriteTurn turn = WriteTurn.Next)
    {
        await Writers.EnterAsync(turn, cancellationToken);
        try
        {
            return new(await Database.BeginTransactionAsync(cancellationToken), Writers);   // BEGIN IMMEDIATE
        }
        catch
        {
            Writers.Leave();
            throw;
        }
    }

    public override object Stored(DateTimeOffset time) => ToMicroseconds(time);

    // SQLite has no date type and cannot sort a DateTimeOffset: store whole microseconds since year one, in UTC.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Microseconds>();

    internal static long ToMicroseconds(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Not private: the compiled model names it.</summary>
    internal sealed class Microseconds() : ValueConverter<DateTimeOffset, long>(
        time => ToMicroseconds(time),
        stored => new DateTimeOffset(stored * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero));
}
