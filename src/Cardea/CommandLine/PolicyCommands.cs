using System.CommandLine;
using Cardea.Policies;

namespace Cardea.CommandLine;

internal static class PolicyCommands
{
    extension(CommandHost host)
    {
        public Command Policy() => new("policy", "The rules that hold for everybody.") { host.Show() };

        private Command Show()
        {
            var command = new Command("show", "Each value in force, the layer that it comes from, and the source of the rule.");
            command.SetAction((asked, cancellationToken) => host.RunAsync(asked, ShowAsync, cancellationToken));   // without a database: it may not be there yet
            return command;
        }
    }

    private static Task<Answer> ShowAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
    {
        var policy = services.GetRequiredService<PolicyInForce>();
        return Task.FromResult<Answer>(new Answer.Table(
            ["Key", "Value", "Layer", "Source"], [.. policy.List().Select(value => (string[])[value.Key, value.Value, value.Layer, value.Source])]));
    }
}
