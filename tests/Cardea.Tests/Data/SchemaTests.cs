using Cardea.Data;
using Cardea.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Data;

public sealed class SchemaTests
{
    /// <summary>Other nodes may still run the former version: only who is allowed to changes the schema.</summary>
    [Fact]
    public async Task An_older_PostgreSQL_database_stops_the_start_with_a_sentence_that_says_what_to_do()
    {
        await using var data = await TestData.CreateEmptyAsync(Database.Postgres);
        await using var db = Contexts.Postgres(data.Postgres!);
        var schema = new Schema(db, new EphemeralDataProtectionProvider(), Options.Create(new DataSettings()));

        var mistake = await Assert.ThrowsAsync<ConfigurationMistakeException>(() => schema.PrepareAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The database is older than this version of Cardea: run \"cardea migrate\" first, or set Cardea:MigrateAtStart=true.", mistake.Message);
    }

    [Theory, EachDatabase]
    public async Task An_empty_database_is_made_ready_where_that_is_allowed_and_doing_it_again_does_no_harm(Database database)
    {
        await using var data = await TestData.CreateEmptyAsync(database);
        await using AppDbContext db = database is Database.Postgres ? Contexts.Postgres(data.Postgres!) : Contexts.Sqlite($"Data Source={Path.Combine(data.Folder, "cardea.db")}");
        var schema = new Schema(db, new EphemeralDataProtectionProvider(), Options.Create(new DataSettings { MigrateAtStart = true }));

        await schema.PrepareAsync(TestContext.Current.CancellationToken);
        await schema.PrepareAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.Accounts.ToListAsync(TestContext.Current.CancellationToken));
    }
}
