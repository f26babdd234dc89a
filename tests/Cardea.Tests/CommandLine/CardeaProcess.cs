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

/// <summary>The built binary as people start it, in a process of its own.</summary>
public static class CardeaProcess
{
    extension(CardeaApp app)
    {
        /// <summary>A command on the database of <paramref name="app"/>.</summary>
        public async Task<CommandResult> CommandAsync(params IEnumerable<string> words)
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
            var settings = app.Services.GetRequiredService<IConfiguration>();
            string[] options =
            [
                $"--Cardea:Data={app.Folder}",
                $"--ConnectionStrings:Cardea={settings["ConnectionStrings:Cardea"]}",
                $"--Cardea:Policy={settings["Cardea:Policy"] ?? "miic"}",
            ];
            var start = new ProcessStartInfo("dotnet", [typeof(Commands).Assembly.Location, .. options, .. words])
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
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("Cardea__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase);
}
