using Cardea.Data;

namespace Cardea.Tests.Data;

public sealed class ModelTests
{
    /// <summary>Whoever changes an entity adds the migration for both databases: src/Cardea/Data/migration.</summary>
    [Theory, EachDatabase]
    public void The_migrations_make_exactly_the_model(Database database)
    {
        using AppDbContext db = database is Database.Sqlite ? Contexts.Sqlite("Data Source=:memory:") : Contexts.Postgres("Host=localhost");

        Assert.False(db.Database.HasPendingModelChanges());
    }

    /// <summary>Time, ids and texts come back as they were written, to the microsecond (PostgreSQL keeps no more).</summary>
    [Theory, EachDatabase]
    public async Task Times_come_back_as_they_were_written(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        app.Clock.Advance(TimeSpan.FromTicks(1_234_567));   // 123.4567 ms: finer than is kept
        var organization = await app.AddOrganizationAsync();

        var createdAt = await app.ReadAsync(db => db.Organizations.Where(o => o.Id == organization.Id).Select(o => o.CreatedAt).SingleAsync());

        Assert.Equal(CardeaApp.Start.AddMicroseconds(123_456), createdAt);
        Assert.Equal(1, await app.ReadAsync(db => db.Organizations.CountAsync(o => o.CreatedAt == CardeaApp.Start.AddMicroseconds(123_456))));
    }
}
