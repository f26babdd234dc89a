using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Cardea.Hosting;

public static class ConfigurationMistakes
{
    private const int ExitCode = 78;   // EX_CONFIG: a service manager need not try again

    /// <summary>Every mistake in the configuration ends the start with one sentence on standard error, never with a stack trace.</summary>
    public static async Task<int> StopTheStartAsync(Func<Task> start)
    {
        try
        {
            await start();
            return 0;
        }
        catch (Exception problem) when (SentenceFor(problem) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"Cardea cannot start: {sentence}");
            return ExitCode;
        }
    }

    /// <summary>Null for what is no mistake of the configuration but ours.</summary>
    public static string? SentenceFor(Exception problem) => problem switch
    {
        ConfigurationMistakeException mistake => mistake.Message,
        OptionsValidationException options => string.Join(" ", options.Failures),
        InvalidOperationException { InnerException: FormatException or ArgumentException } binding => binding.Message,
        DbException database => $"the database does not answer as it should ({database.Message.ReplaceLineEndings(" ")}).",
        _ when FriendlyErrors.IsDatabaseTrouble(problem) => SentenceFor(problem.InnerException!),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } port => $"{port.Message.ReplaceLineEndings(" ")}",
        UnauthorizedAccessException file => file.Message,
        _ => null,
    };
}
