namespace Cardea.Hosting.Jobs;

/// <summary>
/// Work that is done every hour, on one node for all of them. Made anew for each run, in a scope of its own. When it runs is the scheduler's business;
/// what is due comes from facts and the clock, so that running it twice, late, or on two nodes at once does no harm.
/// </summary>
public interface IHourlyJob
{
    /// <summary>As the database and the command line know it. Nodes of other versions do, too: never give an old name to other work.</summary>
    static abstract string Name { get; }

    /// <summary>For the log: "… does not work".</summary>
    static abstract string Work { get; }

    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>A job that this version knows.</summary>
public sealed record KnownJob(string Name, string Work, Func<IServiceProvider, CancellationToken, Task> RunAsync);

public static class JobRegistration
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddHourlyJob<TJob>()
            where TJob : class, IHourlyJob =>
            services.AddScoped<TJob>().AddSingleton(new KnownJob(
                TJob.Name, TJob.Work, (scope, cancellationToken) => scope.GetRequiredService<TJob>().RunAsync(cancellationToken)));
    }
}
