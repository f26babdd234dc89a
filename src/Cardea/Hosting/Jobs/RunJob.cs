using Quartz;
using Quartz.Extensibility;

namespace Cardea.Hosting.Jobs;

/// <summary>
/// The one class that Quartz knows. Its name stands in the database, where nodes of every version read it, so it stays as it is; which job is meant,
/// the key says.
/// </summary>
public sealed class RunJob(IEnumerable<KnownJob> known, IServiceScopeFactory scopes, SpareMemory memory, Troubles troubles) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = known.Single(job => job.Name == context.JobDetail.Key.Name);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await job.RunAsync(scope.ServiceProvider, cancellationToken);
            troubles.Forget(job.Work);
            memory.GiveBack();
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            troubles.Tell(job.Work, problem);
        }
    }
}

/// <summary>Takes jobs from the product's services: a scheduler has a container of its own.</summary>
public sealed class JobFactory(IServiceProvider services) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
        new(new JobScope(ActivatorUtilities.CreateInstance<RunJob>(services), null));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => default;
}
