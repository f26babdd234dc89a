using System.Collections.Concurrent;
using Cardea.Data;
using Cardea.Features.Lifecycle;
using Cardea.Hosting;
using Cardea.Hosting.Jobs;
using Cardea.Tests.Lifecycle;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cardea.Tests.Jobs;

/// <summary>Once an hour, on one node, whatever happens to nodes and database. Each node here is a scheduler with jobs of the test's own.</summary>
public sealed class JobSchedulerTests
{
    private static readonly TimeSpan Hour = JobScheduler.Every;

    [Theory, EachDatabase]
    public async Task Soon_after_the_start_and_every_hour_a_job_runs(Database database)
    {
        await using var data = await TestData.CreateAsync(database);
        await using var node = await Node.StartAsync(data, new(CardeaApp.Start), "count");

        await node.AdvanceUntilRunAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            node.Clock.Advance(Hour);
            await node.NextRunAsync();
        }

        await node.StopAsync();
        Assert.True(node.HasRunNoMore);
    }

    [Theory, EachDatabase]
    public async Task After_three_days_without_a_server_a_job_runs_once(Database database)
    {
        await using var data = await TestData.CreateAsync(database);
        var clock = new FakeTimeProvider(CardeaApp.Start);
        await using (var before = await Node.StartAsync(data, clock, "count"))
        {
            await before.AdvanceUntilRunAsync();
            await before.StopAsync();
        }

        clock.Advance(TimeSpan.FromDays(3));
        await using var after = await Node.StartAsync(data, clock, "count");
        await after.AdvanceUntilRunAsync();
        clock.Advance(Hour / 2);

        await after.StopAsync();
        Assert.True(after.HasRunNoMore);
    }

    /// <summary>What the nodes share goes by hours, whenever each of them was started.</summary>
    [Fact]
    public async Task A_server_that_is_restarted_every_half_hour_does_its_work_once_an_hour()
    {
        await using var data = await TestData.CreateAsync(Database.Postgres);
        var clock = new FakeTimeProvider(CardeaApp.Start);
        for (var hour = 0; hour < 2; hour++)
        {
            await using (var first = await Node.StartAsync(data, clock, "count"))
            {
                await first.AdvanceUntilRunAsync();
                await first.StopAsync();
            }

            clock.SetUtcNow(CardeaApp.Start + (hour * Hour) + (Hour / 2));
            await using (var second = await Node.StartAsync(data, clock, "count"))
            {
                await Assert.ThrowsAsync<TimeoutException>(() => second.AdvanceUntilRunAsync(TimeSpan.FromMinutes(2)));
            }

            clock.SetUtcNow(CardeaApp.Start + ((hour + 1) * Hour) + TimeSpan.FromMinutes(15));
        }
    }

    /// <summary>In the night to November 1, 2026 clocks go back in the middle of the United States: an hour is an hour all the same.</summary>
    [Theory, EachDatabase]
    public async Task A_change_of_clocks_neither_doubles_nor_drops_a_run(Database database)
    {
        await using var data = await TestData.CreateAsync(database);
        var clock = new FakeTimeProvider(new(2026, 11, 1, 4, 30, 0, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
        await using var node = await Node.StartAsync(data, clock, "count");

        await node.AdvanceUntilRunAsync();
        for (var hour = 0; hour < 6; hour++)
        {
            clock.Advance(Hour);
            await node.NextRunAsync();
        }

        await node.StopAsync();
        Assert.True(node.HasRunNoMore);
    }

    /// <summary>The next run was planned for tomorrow: neither a server that goes on nor one that is started waits for that.</summary>
    [Theory]
    [EachDatabase(false)]
    [EachDatabase(true)]
    [Scenario("S0-19")]
    public async Task A_clock_that_was_set_back_holds_up_no_job(Database database, bool isRestarted)
    {
        await using var data = await TestData.CreateAsync(database);
        var (clock, runs) = (new FakeTimeProvider(CardeaApp.Start.AddDays(1)), new Runs());
        await using var before = await Node.StartAsync(data, clock, runs, "count");
        await before.AdvanceUntilRunAsync();
        if (isRestarted)
        {
            await before.StopAsync();
        }

        clock.AdjustTime(CardeaApp.Start);
        await using var restarted = isRestarted ? await Node.StartAsync(data, clock, runs, "count") : null;

        await before.AdvanceUntilRunAsync(within: 2 * Hour, step: TimeSpan.FromSeconds(30));
    }

    [Fact]
    [Scenario("V15.4.1")]
    public async Task Of_two_nodes_one_runs_a_job()
    {
        await using var data = await TestData.CreateAsync(Database.Postgres);
        var (clock, runs) = (new FakeTimeProvider(CardeaApp.Start), new Runs());
        await using var one = await Node.StartAsync(data, clock, runs, "count");
        await one.AdvanceUntilRunAsync();
        await using var other = await Node.StartAsync(data, clock, runs, "count");
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(1), async () => await CountNodesAsync(data) == 2);

        for (var hour = 0; hour < 10; hour++)
        {
            clock.Advance(Hour);
            await one.NextRunAsync();
        }

        await one.StopAsync();
        await other.StopAsync();
        Assert.True(one.HasRunNoMore);
    }

    /// <summary>Its clock stands still, and with it every sign of life.</summary>
    [Fact]
    public async Task What_a_node_was_doing_when_it_died_another_one_does()
    {
        await using var data = await TestData.CreateAsync(Database.Postgres);
        await using var dying = await Node.StartAsync(data, new(CardeaApp.Start), "count");
        dying.JobsHang = true;
        await dying.AdvanceUntilRunAsync();
        await using var other = await Node.StartAsync(data, new(CardeaApp.Start + JobScheduler.Pause), "count");

        await other.AdvanceUntilRunAsync();
    }

    [Fact]
    public async Task What_a_node_was_doing_when_it_was_stopped_another_one_does()
    {
        await using var data = await TestData.CreateAsync(Database.Postgres);
        var clock = new FakeTimeProvider(CardeaApp.Start);
        await using var stopping = await Node.StartAsync(data, clock, "count");
        stopping.JobsHang = true;
        await stopping.AdvanceUntilRunAsync();
        await using var other = await Node.StartAsync(data, clock, "count");

        await stopping.StopAsync();

        await other.AdvanceUntilRunAsync();
    }

    /// <summary>During an upgrade, two versions share one database.</summary>
    [Fact]
    public async Task A_job_of_a_newer_version_waits_for_a_node_of_that_version()
    {
        await using var data = await TestData.CreateAsync(Database.Postgres);
        var clock = new FakeTimeProvider(CardeaApp.Start);
        await using (var newer = await Node.StartAsync(data, clock, "count", "of the newer"))
        {
            string[] first = [await newer.AdvanceUntilRunAsync(), await newer.NextRunAsync()];
            Assert.Equal(["count", "of the newer"], first.Order(StringComparer.Ordinal));
            await newer.StopAsync();
        }

        await using (var older = await Node.StartAsync(data, clock, "count"))
        {
            clock.Advance(Hour);
            Assert.Equal("count", await older.AdvanceUntilRunAsync());
            await Assert.ThrowsAsync<TimeoutException>(() => older.AdvanceUntilRunAsync(TimeSpan.FromMinutes(2)));
        }

        await using var again = await Node.StartAsync(data, clock, "of the newer");
        await again.AdvanceUntilRunAsync();
    }

    [Theory, EachDatabase]
    public async Task A_job_that_fails_is_told_of_once_and_runs_again(Database database)
    {
        await using var data = await TestData.CreateAsync(database);
        await using var node = await Node.StartAsync(data, new(CardeaApp.Start), "count");
        node.JobsFail = true;
        await node.AdvanceUntilRunAsync();
        node.Clock.Advance(Hour);
        await node.NextRunAsync();
        node.JobsFail = false;
        node.Clock.Advance(Hour);
        await node.NextRunAsync();

        await node.StopAsync();

        Assert.Equal(["count does not work; it is tried again and again.", "count works again."], node.Told);
    }

    [Fact]
    public async Task Where_the_database_is_away_at_the_start_jobs_begin_when_it_is_back()
    {
        await using var data = await TestData.CreateAsync(Database.Postgres);
        await PostgresServer.CloseDatabaseAsync(data.Postgres!);
        await using var node = await Node.StartAsync(data, new(CardeaApp.Start), "count");
        await AdvanceUntilAsync(node.Clock, JobScheduler.Pause, () => Task.FromResult(node.Told.Count > 0));

        await PostgresServer.OpenDatabaseAsync(data.Postgres!);
        await node.AdvanceUntilRunAsync();

        Assert.Equal(["Starting jobs does not work; it is tried again and again.", "Starting jobs works again."], node.Told);
    }

    [Fact]
    public async Task Where_the_database_goes_away_later_jobs_go_on_when_it_is_back()
    {
        await using var data = await TestData.CreateAsync(Database.Postgres);
        await using var node = await Node.StartAsync(data, new(CardeaApp.Start), "count");
        await node.AdvanceUntilRunAsync();

        await PostgresServer.CloseDatabaseAsync(data.Postgres!);
        node.Clock.Advance(2 * Hour);
        await PostgresServer.OpenDatabaseAsync(data.Postgres!);

        await node.AdvanceUntilRunAsync();
    }

    /// <summary>The product itself: nobody calls its jobs but the scheduler.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-16", "S2-18")]
    public async Task A_running_server_does_all_of_it_by_itself(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", "https://localhost"));
        var amina = await app.AddPersonAsync();
        app.Clock.Advance(TimeSpan.FromDays(85));
        await AdvanceUntilAsync(app.Clock, JobScheduler.Pause, async () => await app.PromisedAsync<BecomesInactiveMail>(amina) > 0);

        app.Clock.Advance(TimeSpan.FromDays(11));
        await AdvanceUntilAsync(app.Clock, JobScheduler.Pause, () => app.IsInactiveAsync(amina));

        Assert.Equal(1, await app.PromisedAsync<BecomesInactiveMail>(amina));
    }

    /// <summary>As time goes by while nothing happens: on a busy machine, more of it.</summary>
    private static async Task AdvanceUntilAsync(FakeTimeProvider clock, TimeSpan step, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(step);
            await Task.Yield();
        }
    }

    private static async Task<int> CountNodesAsync(TestData data)
    {
        await using var db = Contexts.Postgres(data.Postgres!);
        return await db.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM qrtz_scheduler_state""").SingleAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Of one node, or of all that share it: the names of jobs that began.</summary>
    private sealed class Runs : IDisposable
    {
        private readonly SemaphoreSlim _waiting = new(0);
        private readonly ConcurrentQueue<string> _jobs = [];

        public bool IsEmpty => _jobs.IsEmpty;

        public void Add(string job)
        {
            _jobs.Enqueue(job);
            _waiting.Release();
        }

        public void Dispose() => _waiting.Dispose();

        public async Task<string?> NextAsync(TimeSpan patience) =>
            await _waiting.WaitAsync(patience, TestContext.Current.CancellationToken) && _jobs.TryDequeue(out var job) ? job : null;
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly ServiceProvider _services;
        private readonly JobScheduler _scheduler;
        private readonly Runs _runs;
        private readonly CollectedLogs _logs = new();

        private Node(TestData data, FakeTimeProvider clock, Runs runs, string[] jobs)
        {
            (Clock, _runs) = (clock, runs);
            var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_logs)).AddSingleton<TimeProvider>(clock)
                .AddSingleton<Troubles>().AddSingleton<SpareMemory>().AddSingleton<JobScheduler>()
                .AddScoped<AppDbContext>(_ => data.Postgres is { } shared ? Contexts.Postgres(shared) : Contexts.Sqlite($"Data Source={data.Folder}/cardea.db"));
            foreach (var job in jobs)
            {
                services.AddSingleton(new KnownJob(job, job, (_, cancellationToken) => RunAsync(job, cancellationToken)));
            }

            _services = services.BuildServiceProvider();
            _scheduler = _services.GetRequiredService<JobScheduler>();
        }

        public FakeTimeProvider Clock { get; }

        public bool JobsHang { get; set; }

        public bool JobsFail { get; set; }

        public List<string> Told => [.. _logs.Lines.Select(line => line.Text)];

        /// <summary>Whether somebody has waited for each run.</summary>
        public bool HasRunNoMore => _runs.IsEmpty;

        public static Task<Node> StartAsync(TestData data, FakeTimeProvider clock, params string[] jobs) =>
            StartAsync(data, clock, new Runs(), jobs);

        /// <param name="runs">Those of all nodes that share it.</param>
        public static async Task<Node> StartAsync(TestData data, FakeTimeProvider clock, Runs runs, params string[] jobs)
        {
            var node = new Node(data, clock, runs, jobs);
            await node._scheduler.StartAsync(TestContext.Current.CancellationToken);
            return node;
        }

        public async Task<string> NextRunAsync() => await _runs.NextAsync(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException("No job began.");

        /// <summary>Time goes by, some minutes on a busy machine, and less than would bring the next hour.</summary>
        /// <param name="within">A quarter of an hour.</param>
        /// <param name="step">A second.</param>
        public async Task<string> AdvanceUntilRunAsync(TimeSpan? within = null, TimeSpan? step = null)
        {
            var moment = step ?? TimeSpan.FromSeconds(1);
            for (var waited = TimeSpan.Zero; waited < (within ?? Hour / 4); waited += moment)
            {
                Clock.Advance(moment);
                if (await _runs.NextAsync(TimeSpan.FromMilliseconds(10)) is { } job)
                {
                    return job;
                }
            }

            throw new TimeoutException("No job began.");
        }

        public Task StopAsync() => _scheduler.StopAsync(TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _scheduler.StopAsync(CancellationToken.None);
            await _services.DisposeAsync();
        }

        private async Task RunAsync(string job, CancellationToken cancellationToken)
        {
            _runs.Add(job);
            if (JobsHang)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, Clock, cancellationToken);
            }

            if (JobsFail)
            {
                throw new InvalidOperationException("The job of a test.");
            }
        }
    }
}
