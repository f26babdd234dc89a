using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Cardea.Hosting.Jobs;

namespace Cardea.CommandLine;

internal static class JobCommands
{
    extension(CommandHost host)
    {
        public Command Jobs() => new("jobs", "What a running server does every hour.") { host.RunJobs() };

        private Command RunJobs()
        {
            var name = new Option<string?>("--name") { Description = "Only this job." };
            return host.Command("run", "Do it now, and say how long it took. A server may be running: nothing is done twice.", RunAsync, name);

            async Task<Answer> RunAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellationToken)
            {
                var known = services.GetServices<KnownJob>().ToList();
                var wanted = asked.GetValue(name);
                if (wanted is not null && known.All(job => job.Name != wanted))
                {
                    return new Answer.Refused($"There is no job \"{wanted}\": choose one of {string.Join(", ", known.Select(job => job.Name))}.");
                }

                var rows = new List<string[]>();
                foreach (var job in known.Where(job => wanted is null || job.Name == wanted))
                {
                    var begun = Stopwatch.GetTimestamp();
                    try
                    {
                        await job.RunAsync(services, cancellationToken);
                    }
                    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                    {
                        return new Answer.Refused($"Stopped in the middle of {job.Name}: whatever is left, the next run does.");
                    }

                    rows.Add([job.Name, Stopwatch.GetElapsedTime(begun).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)]);
                }

                return new Answer.Table(["Job", "Seconds"], rows);
            }
        }
    }
}
