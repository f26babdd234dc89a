using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Cardea.Bench.Lifecycle;

/// <summary>What one job took.</summary>
/// <param name="PeakMegabytes">The most memory that its process held.</param>
internal sealed record JobFigures(string Job, int Accounts, int Due, double Seconds, double PeakMegabytes)
{
    public double MillisecondsPerDue => Seconds * 1000 / Due;

    public double MicrosecondsPerAccount => Seconds * 1e6 / Accounts;
}

/// <summary>The product doing one job, as "cardea jobs run" does: a process of its own, so that its memory is its own.</summary>
internal static class JobProcess
{
    public static async Task<JobFigures> RunAsync(Contestant product, string job, int accounts, int due)
    {
        var start = new ProcessStartInfo(product.Command[0], [.. product.Command[1..], "jobs", "run", "--name", job, "--json"])
        {
            WorkingDirectory = product.WorkingDirectory,
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in product.Settings) { start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value; }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0.0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(20))) { peak = Math.Max(peak, Linux.PeakMegabytes(process.Id)); }
        if (process.ExitCode != 0) { throw new MeasurementFailed($"The job {job} does not run: {await output}"); }

        using var answer = JsonDocument.Parse(await output);
        var seconds = answer.RootElement[0].GetProperty("seconds").GetString()!;
        return new(job, accounts, due, double.Parse(seconds, CultureInfo.InvariantCulture), peak);
    }
}
