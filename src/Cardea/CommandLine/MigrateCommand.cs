using System.CommandLine;
using Cardea.Data;

namespace Cardea.CommandLine;

internal static class MigrateCommand
{
    extension(CommandHost host)
    {
        public Command Migrate()
        {
            var command = new Command("migrate", "Bring the database to the model of this version.");
            command.SetAction((asked, cancellationToken) => host.RunAsync(asked, MigrateAsync, cancellationToken));
            return command;
        }
    }

    private static async Task<Answer> MigrateAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<Schema>().MigrateAsync(cancellationToken);
        return new Answer.Done("The database fits this version of Cardea.");
    }
}
