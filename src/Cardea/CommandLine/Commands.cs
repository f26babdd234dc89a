using System.CommandLine;
using System.CommandLine.Invocation;

namespace Cardea.CommandLine;

/// <summary>The other face of the binary: <c>cardea accounts create …</c>. Without a command, or with "run", it serves.</summary>
public static class Commands
{
    private static readonly string[] HelpAndVersion = ["--help", "-h", "-?", "--version"];

    public static bool AreAsked(string[] args) =>
        SettingOptions.Part(args).Words is [not ("run" or ['-', ..]), ..] || args.Any(HelpAndVersion.Contains);

    /// <returns>0 when it was done, else 1.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var (words, settings) = SettingOptions.Part(args);
        var host = new CommandHost(settings, output, error);
        var root = new RootCommand("Cardea, the sign-in desk of an immunization information system.")
        {
            new Command("run", "Serve. The same happens without a command."),
            host.Migrate(),
            host.Organizations(),
            host.Accounts(),
            host.Agreements(),
            host.Policy(),
            host.Jobs(),
            host.Json,
        };

        var parsed = root.Parse(words);
        return parsed.Action is ParseErrorAction
            ? new Answer.Refused([.. parsed.Errors.Select(error => error.Message)]).PrintAsync(output, error, asJson: false)
            : parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = output, Error = error });
    }
}
