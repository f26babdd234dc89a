using System.Diagnostics;
using Cardea.CommandLine;
using Microsoft.Extensions.Configuration;

namespace Cardea.Tests.CommandLine;

public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] Problems => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What stands behind "Temporary password: " and the like.</summary>
    public string Fact(string name) => Output.Split('\n').Single(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];
}

/// <summary>The other face of the product, on the database of an app.</summary>
public static class CardeaCommands
{
    /// <summary>For "run": else the server would look for the files of the program that was started, which is the tests.</summary>
    public const string InThisProcess = "--applicationName=cardea";

    extension(CardeaApp app)
    {
        /// <summary>What the binary does when it is started so. In this process: most of the time of a short run is its start.</summary>
        public async Task<CommandResult> CommandAsync(params IEnumerable<string> words)
        {
            await using StringWriter output = new(), error = new();
            var exitCode = await Program.RunAsync([.. app.Options, .. words], output, error).WaitAsync(TimeSpan.FromMinutes(1));
            return new(exitCode, output.ToString(), error.ToString());
        }

        /// <summary>The built binary as people start it.</summary>
        public async Task<CommandResult> ProcessAsync(params IEnumerable<string> words)
        {
            using var process = app.Start(words);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new(process.ExitCode, await output, await error);
        }

        /// <summary>Its settings come as options, and nothing from the environment of whoever runs the tests.</summary>
        public Process Start(params IEnumerable<string> words)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(Commands).Assembly.Location, .. app.Options, .. words])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
            {
                start.Environment.Remove(name);
            }

            return Process.Start(start)!;
        }

        private string[] Options
        {
            get
            {
                var settings = app.Services.GetRequiredService<IConfiguration>();
                return
                [
                    $"--Cardea:Data={app.Folder}",
                    $"--ConnectionStrings:Cardea={settings["ConnectionStrings:Cardea"]}",
                    $"--Cardea:Policy={settings["Cardea:Policy"] ?? "miic"}",
                ];
            }
        }
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("Cardea__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase);
}
