using System.CommandLine;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Hosting;
using Microsoft.Extensions.Options;

namespace Cardea.CommandLine;

internal delegate Task<Answer> Act(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken);

/// <summary>Runs a command on the product without its web server, under the same configuration, in the name of the operating system's user.</summary>
internal sealed class CommandHost(string[] settings, TextWriter output, TextWriter error)
{
    public Option<bool> Json { get; } = new("--json") { Description = "Answer with one JSON object.", Recursive = true };

    public Command Command(string name, string description, Act act, params IEnumerable<Option> options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction((asked, cancellationToken) => RunAsync(asked, OnCurrentSchema(act), cancellationToken));
        return command;
    }

    public async Task<int> RunAsync(ParseResult asked, Act act, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(asked, act, cancellationToken);
        return await answer.PrintAsync(output, error, asked.GetValue(Json));
    }

    private async Task<Answer> AnswerAsync(ParseResult asked, Act act, CancellationToken cancellationToken)
    {
        try
        {
            var builder = Composition.NewBuilder(settings);
            builder.AddCore();
            builder.Logging.ClearProviders();   // the answer says it all
            await using var host = builder.Build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();

            await using var scope = host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().IsCommandLine(Environment.UserName);
            return await act(asked, scope.ServiceProvider, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new Answer.Refused("Stopped before it was done: nothing was changed.");
        }
        catch (Exception problem) when (ConfigurationMistakes.SentenceFor(problem) is { } sentence)
        {
            return new Answer.Refused(sentence);
        }
    }

    /// <summary>As at the start of the server: SQLite is migrated, PostgreSQL must be current.</summary>
    private static Act OnCurrentSchema(Act act) => async (asked, services, cancellationToken) =>
    {
        await services.GetRequiredService<Schema>().PrepareAsync(cancellationToken);
        await services.GetRequiredService<NamesOnFile>().CheckAsync(cancellationToken);
        await services.GetRequiredService<FindablePeople>().FillAsync(cancellationToken);
        return await act(asked, services, cancellationToken);
    };
}
