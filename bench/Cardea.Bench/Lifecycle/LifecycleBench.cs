using Cardea.Features.Lifecycle;

namespace Cardea.Bench.Lifecycle;

/// <summary>Whether what the product does every hour takes as long for each account among a million as among a thousand.</summary>
internal static class LifecycleBench
{
    private const double MostGrowth = 1.5;
    private const double MostMegabytes = 250;

    /// <summary>Each with how many kinds of accounts, or of things, are due for it.</summary>
    private static readonly (string Name, int Kinds)[] s_jobs =
        [(SendNotices.Name, 2), (InactivateAccounts.Name, 1), (ForgetOldThings.Name, 3)];

    public static async Task<IReadOnlyList<JobFigures>> RunAsync(Func<int, Contestant> productOf, IEnumerable<int> sizes)
    {
        var figures = new List<JobFigures>();
        foreach (var accounts in sizes)
        {
            Console.Error.WriteLine($"{accounts} accounts: filling the database");
            var product = productOf(accounts);
            await ManyAccounts.WriteAsync(product, accounts);
            foreach (var (job, kinds) in s_jobs)
            {
                Console.Error.WriteLine($"{accounts} accounts: {job}");
                figures.Add(await JobProcess.RunAsync(product, job, accounts, kinds * accounts * ManyAccounts.DueInHundred / 100));
                figures.Add(await JobProcess.RunAsync(product, job, accounts, due: 0));   // what the next hour costs, when nothing is left
            }

            await ManyAccounts.CheckAsync(product, accounts);
        }

        return figures;
    }

    public static void WriteTable(IReadOnlyList<JobFigures> figures, TextWriter to)
    {
        to.WriteLine("\nJob                   accounts      due  seconds  ms a due one  µs an account  peak MB");
        foreach (var one in figures)
        {
            var each = one.Due == 0 ? "" : $"{one.MillisecondsPerDue:0.000}";
            to.WriteLine($"{one.Job,-20}{one.Accounts,10}{one.Due,9}{one.Seconds,9:0.000}{each,14}{one.MicrosecondsPerAccount,15:0.0}{one.PeakMegabytes,9:0}");
        }
    }

    /// <summary>Against the quickest of all smaller registries: at the smallest one, most of the time is that of the first statement.</summary>
    public static IEnumerable<Budget> Judge(IReadOnlyList<JobFigures> figures)
    {
        foreach (var job in figures.Where(one => one.Due > 0).GroupBy(one => one.Job))
        {
            var largest = job.MaxBy(one => one.Accounts)!;
            var smaller = job.Where(one => one.Accounts < largest.Accounts).ToList();
            if (smaller.Count > 0)
            {
                var growth = largest.MillisecondsPerDue / smaller.Min(one => one.MillisecondsPerDue);
                yield return new($"{job.Key}: time of a due account, as a multiple of that in smaller registries", growth, MostGrowth);
            }
        }

        yield return new("memory of a job, MB", figures.Max(one => one.PeakMegabytes), MostMegabytes);
    }
}
