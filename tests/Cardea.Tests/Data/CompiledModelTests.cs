using Cardea.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cardea.Tests.Data;

public sealed class CompiledModelTests
{
    /// <summary>Whoever changes an entity or its mapping computes the models anew, too: src/Cardea/Data/migration.</summary>
    [Theory, EachDatabase]
    public void The_compiled_model_is_what_the_entities_and_their_mappings_say(Database database)
    {
        using AppDbContext db = database is Database.Sqlite ? Contexts.Sqlite("Data Source=:memory:") : Contexts.Postgres("Host=localhost");

        var said = db.GetService<IModelSource>().GetModel(db, db.GetService<ModelCreationDependencies>(), designTime: false);

        Assert.Equal(typeof(AppDbContext).Assembly, db.Model.GetType().Assembly);   // EF Core has found the compiled one
        Assert.Equal(said.ToDebugString(MetadataDebugStringOptions.LongDefault), db.Model.ToDebugString(MetadataDebugStringOptions.LongDefault));
    }
}
