using Cardea.Data;
using Cardea.Rules;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Cardea.Hosting.Jobs;

/// <summary>
/// Has Quartz start each job once an hour: on SQLite in memory, on PostgreSQL by tables that all nodes share, of which one starts it. Begins when the
/// server answers already, and never stands in its way: while the database is away it tries again and again.
/// </summary>
public sealed class JobScheduler(IServiceProvider services, IEnumerable<KnownJob> known, Troubles troubles, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>After the start, which should be quick, and between two tries.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>How often a node says that it is alive. One that has not for three times as long is dead, and its jobs are taken over.</summary>
    public static readonly TimeSpan Sign = TimeSpan.FromSeconds(20);

    private const string Work = "Starting jobs";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scheduler = await BeginAsync(stoppingToken);
            try
            {
                while (true)
                {
                    await Task.Delay(Every, clock, stoppingToken);
                    await TryScheduleAsync(scheduler, stoppingToken);
                }
            }
            finally
            {
                await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops. If the database could not be told so, the other nodes find out.
        }
    }

    private async Task<IScheduler> BeginAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, stopping);
            try
            {
                var scheduler = await TryBeginAsync(stopping);
                troubles.Forget(Work);
                return scheduler;
            }
            catch (Exception problem) when (!stopping.IsCancellationRequested)
            {
                troubles.Tell(Work, problem);
            }
        }
    }

    private async Task<IScheduler> TryBeginAsync(CancellationToken stopping)
    {
        var scheduler = await QuartzSchedulerBuilder.Create(await ConfigureAsync()).BuildScheduler(stopping);
        try
        {
            await ScheduleAsync(scheduler, stopping);
            await scheduler.Start(stopping);
            return scheduler;
        }
        catch
        {
            await scheduler.DisposeAsync();
            throw;
        }
    }

    private async Task<Action<IQuartzBuilder>> ConfigureAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var shared = scope.ServiceProvider.GetRequiredService<AppDbContext>() is PostgresAppDbContext db ? db.Database.GetConnectionString() : null;
        return quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.UseJobFactory(new JobFactory(services));
            quartz.UseDefaultThreadPool(1);   // one after the other: nothing of it is urgent, and people need the processors
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "cardea";
                options.InstanceId = $"{Environment.MachineName}-{clock.NewId()}";
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.ServeExecutionGroups([.. known.Select(job => job.Name)]);   // during an upgrade, nodes of another version may know others
            if (shared is null)
            {
                quartz.UseInMemoryStore();
                return;
            }

            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(shared);
                store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (Sign, 2 * Sign));
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = "qrtz_";
                    options.StoreJobDataAsStrings = true;
                    options.MaxConsecutiveFireFailures = 0;   // or a job would be off for good after some bad hours
                    options.RecoverFiringsCancelledByShutdown = true;
                });
            });
        };
    }

    /// <summary>Every hour, too: a clock may be set back while the server runs.</summary>
    private async Task TryScheduleAsync(IScheduler scheduler, CancellationToken stopping)
    {
        try
        {
            await ScheduleAsync(scheduler, stopping);
            troubles.Forget(Work);
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            troubles.Tell(Work, problem);
        }
    }

    private async Task ScheduleAsync(IScheduler scheduler, CancellationToken stopping)
    {
        foreach (var job in known)
        {
            await ScheduleAsync(scheduler, job, stopping);
        }
    }

    /// <summary>
    /// What is scheduled already stays as it is: else a server that is restarted every half hour would never do its work. Only a run that is further
    /// away than the next was planned before the clock was set back, and is not waited for.
    /// </summary>
    private async Task ScheduleAsync(IScheduler scheduler, KnownJob job, CancellationToken stopping)
    {
        var detail = JobBuilder.Create<RunJob>().WithIdentity(job.Name).DisallowConcurrentExecution().RequestRecovery().StoreDurably().Build();
        await scheduler.AddJob(detail, AddJobOptions.Replacing, stopping);
        var trigger = TriggerBuilder.Create(clock).WithIdentity(job.Name).WithExecutionGroup(job.Name).ForJob(detail).StartNow()
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(Every).RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))   // at once, and once for all that was missed
            .Build();
        var planned = (await scheduler.GetTrigger(trigger.Key, stopping))?.NextFireTimeUtc;
        var isOfAnotherTime = planned > clock.GetUtcNow() + Every + ServerClocks.MayDifferBy;
        await scheduler.ScheduleTrigger(trigger, isOfAnotherTime ? TriggerConflict.Replace : TriggerConflict.Keep, stopping);
    }
}
