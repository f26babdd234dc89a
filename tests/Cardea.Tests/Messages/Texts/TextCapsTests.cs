using System.Diagnostics.Metrics;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages.Texts;
using Cardea.Rules.Permissions;
using Cardea.Tests.SecondFactors;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Messages.Texts;

/// <summary>What texts may cost, and what happens when somebody makes them cost more.</summary>
[Scenario("A-20", "S1-04", "V2.3.2", "V2.4.1")]
public sealed class TextCapsTests(NodePairs nodes) : IClassFixture<NodePairs>
{
    private const string Number = "+16125550123", Network = "203.0.113.7";

    private static readonly Guid Amina = new("01900000-0000-7000-8000-000000000001"), Clinic = new("01900000-0000-7000-8000-000000000002");

    private IOptions<TextSettings> _caps = Options.Create(new TextSettings());
    private DateTimeOffset _begun;

    [Theory]
    [EachDatabase("PerNumberAnHour", TextCap.NumberAnHour, 60)]
    [EachDatabase("PerNumberADay", TextCap.NumberADay, 1440)]
    [EachDatabase("PerAccountADay", TextCap.AccountADay, 1440)]
    [EachDatabase("PerAddressAnHour", TextCap.AddressAnHour, 60)]
    [EachDatabase("PerOrganizationADay", TextCap.OrganizationADay, 1440)]
    [EachDatabase("InAllAnHour", TextCap.InAllAnHour, 60)]
    [EachDatabase("InAllADay", TextCap.InAllADay, 1440)]
    public async Task Each_cap_holds_until_its_hour_or_day_is_over(Database database, string setting, TextCap cap, int minutes)
    {
        var app = await BeginAsync(database, (setting, "2"));
        var over = app.Clock.GetUtcNow().AddMinutes(minutes);
        await TakeAsync(app);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await TakeAsync(app);

        Assert.Equal(new TextCapsOutcome.Reached(cap, over), await TakeAsync(app));
        app.Clock.Advance(over - app.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        Assert.Equal(new TextCapsOutcome.Reached(cap, over), await TakeAsync(app));
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<TextCapsOutcome.Taken>(await TakeAsync(app));
    }

    [Theory, EachDatabase]
    public async Task Caps_of_one_leave_others_alone(Database database)
    {
        var app = await BeginAsync(database, ("PerNumberAnHour", "1"), ("PerAccountADay", "1"), ("PerAddressAnHour", "1"), ("PerOrganizationADay", "1"));
        var (otherNumber, otherAccount, otherNetwork, otherClinic) = ("+16515550100", Guid.CreateVersion7(), "198.51.100.9", Guid.CreateVersion7());
        await TakeAsync(app);

        Assert.IsType<TextCapsOutcome.Reached>(await TakeAsync(app, Number, otherAccount, otherNetwork, otherClinic));
        Assert.IsType<TextCapsOutcome.Reached>(await TakeAsync(app, otherNumber, Amina, otherNetwork, otherClinic));
        Assert.IsType<TextCapsOutcome.Reached>(await TakeAsync(app, otherNumber, otherAccount, Network, otherClinic));
        Assert.IsType<TextCapsOutcome.Reached>(await TakeAsync(app, otherNumber, otherAccount, otherNetwork, Clinic));
        Assert.IsType<TextCapsOutcome.Taken>(await TakeAsync(app, otherNumber, otherAccount, otherNetwork, otherClinic));
    }

    [Theory, EachDatabase]
    public async Task What_is_refused_is_counted_nowhere_and_spoils_no_transaction(Database database)
    {
        var app = await BeginAsync(database, ("PerAddressAnHour", "1"));
        await TakeAsync(app);

        for (var tries = 0; tries < 5; tries++)
        {
            Assert.IsType<TextCapsOutcome.Reached>(await TakeAsync(app, also: db => db.Add(new AuditEntry
            {
                Id = Guid.CreateVersion7(),
                Name = "test.went_on.v1",
                At = app.Clock.GetUtcNow(),
                ActorKind = ActorKind.System,
                Outcome = AuditOutcome.Success,
                Origin = "test",
                Payload = "{}",
            })));
        }

        Assert.All(await app.ReadAsync(db => db.TextCounts.ToListAsync()), row => Assert.Equal(1, row.Count));
        Assert.Equal(5, (await app.AuditAsync()).Count(entry => entry.Name == "test.went_on.v1"));
    }

    [Theory, EachDatabase]
    public async Task What_is_taken_back_was_never_counted(Database database)
    {
        var app = await BeginAsync(database, ("PerNumberAnHour", "1"), ("InAllADay", "1"));

        Assert.IsType<TextCapsOutcome.Taken>(await TakeAsync(app, commits: false));
        Assert.Empty(await app.ReadAsync(db => db.TextCounts.ToListAsync()));
        Assert.IsType<TextCapsOutcome.Taken>(await TakeAsync(app));
    }

    [Fact]
    public async Task Whoever_forgets_the_transaction_is_told()
    {
        var app = await BeginAsync(Database.Sqlite);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            app.RunAsync<TextCaps, TextCapsOutcome>(caps => caps.TryTakeAsync(Number, Amina, Network, Clinic, CancellationToken.None)));
    }

    [Theory, EachDatabase]
    [Scenario("V14.2.7")]
    public async Task The_table_is_no_list_of_numbers(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        await using var scope = node.Services.CreateAsyncScope();
        await TakeAsync(scope, Number, Amina, Network, Clinic);

        var rows = await node.ReadRowsAsync("TextCounts");

        Assert.Contains("NumberAnHour", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("5550123", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("203.0.113", rows, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase("InAllAnHour", "hour", TextCap.InAllAnHour)]
    [EachDatabase("InAllADay", "day", TextCap.InAllADay)]
    public async Task With_the_last_that_all_are_allowed_texts_stop_and_the_operators_are_told_once(Database database, string setting, string measured, TextCap cap)
    {
        var app = await BeginAsync(database, (setting, "3"));
        using var stops = new Stops(app.Services);
        var linesBefore = app.Logs.Lines.Count;
        var kim = await app.AddPersonAsync(roles: Roles.RegistryOperator);
        var lee = await app.AddPersonAsync(roles: Roles.RegistryOperator | Roles.Administrator);
        await app.AddPersonAsync(roles: Roles.RegistryOperator, change: account => account.DisabledAt = app.Clock.GetUtcNow());
        await app.AddPersonAsync(roles: Roles.Administrator);
        await TakeFreshAsync(app);
        await TakeFreshAsync(app);

        Assert.Empty(stops.Caps);
        Assert.IsType<TextCapsOutcome.Taken>(await TakeFreshAsync(app));
        for (var texts = 0; texts < 5; texts++)
        {
            Assert.Equal(cap, Assert.IsType<TextCapsOutcome.Reached>(await TakeFreshAsync(app)).Cap);
        }

        Assert.Equal([measured], stops.Caps);
        Assert.Equal(LogLevel.Error, Assert.Single(app.Logs.Lines.Skip(linesBefore), line => line.Event.Id == 5021).Level);
        var entry = Assert.Single(await app.AuditAsync(), entry => entry.At >= _begun && entry.Name == "texts.stopped.v1");
        Assert.Equal((AuditOutcome.Failure, $$"""{"Cap":"{{cap}}","Count":3}"""), (entry.Outcome, entry.Payload));
        Assert.Equal(new[] { kim.Id, lee.Id }.Order(), await AlarmsAsync(app));
    }

    [Theory, EachDatabase]
    public async Task Operators_get_one_such_mail_a_day(Database database)
    {
        var app = await BeginAsync(database, ("InAllAnHour", "1"));
        await app.AddPersonAsync(roles: Roles.RegistryOperator);

        for (var hours = 0; hours < 24; hours++)
        {
            Assert.IsType<TextCapsOutcome.Taken>(await TakeFreshAsync(app));
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Single(await AlarmsAsync(app));
        await TakeFreshAsync(app);
        Assert.Equal(2, (await AlarmsAsync(app)).Count);
        Assert.Equal(25, (await app.AuditAsync()).Count(entry => entry.At >= _begun && entry.Name == "texts.stopped.v1"));
    }

    [Theory]
    [EachDatabase("PerNumberAnHour", TextCap.NumberAnHour)]
    [EachDatabase("PerAddressAnHour", TextCap.AddressAnHour)]
    [EachDatabase("InAllADay", TextCap.InAllADay)]
    [Scenario("V15.4.1", "V6.6.3")]
    public async Task Of_many_at_once_as_many_are_taken_as_the_cap_allows(Database database, string setting, TextCap cap)
    {
        var first = await BeginAsync(database, (setting, "7"));
        var (_, second) = await nodes.OnAsync(database);
        await first.AddPersonAsync(roles: Roles.RegistryOperator);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(() => TakeAsync(
            number % 2 == 0 ? first : second,
            cap is TextCap.NumberAnHour ? Number : $"+1612555{number:0000}",
            Guid.CreateVersion7(),
            cap is TextCap.AddressAnHour ? Network : $"203.0.113.{number}",
            Guid.CreateVersion7()))));

        Assert.Equal((7, 53), (outcomes.Count(outcome => outcome is TextCapsOutcome.Taken), outcomes.Count(outcome => outcome is TextCapsOutcome.Reached)));
        Assert.Equal(7, await first.ReadAsync(db => db.TextCounts.Where(row => row.Cap == TextCap.InAllADay).Select(row => row.Count).SingleAsync()));
        var stops = cap is TextCap.InAllADay ? 1 : 0;
        Assert.Equal(stops, (await first.AuditAsync()).Count(entry => entry.At >= _begun && entry.Name == "texts.stopped.v1"));
        Assert.Equal(stops, (await AlarmsAsync(first)).Count);
    }

    [Theory, EachDatabase]
    public async Task Counts_that_ended_a_day_ago_are_forgotten(Database database)
    {
        var app = await BeginAsync(database);
        await TakeAsync(app);
        app.Clock.Advance(TimeSpan.FromHours(24));
        await TakeAsync(app, network: "198.51.100.9");
        await ForgetAsync(app);
        Assert.Equal(8, (await LeftAsync(app)).Count);

        app.Clock.Advance(TimeSpan.FromHours(1));
        await ForgetAsync(app);

        Assert.Equal(Enum.GetValues<TextCap>().Except([TextCap.AlarmADay]), (await LeftAsync(app)).Order());
        app.Clock.Advance(TimeSpan.FromDays(3));
        await ForgetAsync(app);
        Assert.Empty(await LeftAsync(app));
    }

    private static Task<bool> ForgetAsync(CardeaApp app) => app.RunAsync<ForgetTextCounts, bool>(async forget =>
    {
        await forget.RunAsync(CancellationToken.None);
        return true;
    });

    /// <summary>Settings by the names that they have below "Cardea:Texts". Of other tests nothing is counted, and nobody is left who would be told.</summary>
    private async Task<CardeaApp> BeginAsync(Database database, params (string Name, string Value)[] caps)
    {
        var (app, _) = await nodes.OnAsync(database);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(caps.Select(cap => KeyValuePair.Create(cap.Name, (string?)cap.Value))).Build();
        _caps = Options.Create(settings.Get<TextSettings>() ?? new());
        _begun = app.BeginAnew();
        await app.WriteAsync(db => db.TextCounts.ExecuteDeleteAsync());
        await app.WriteAsync(db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(account => account.DisabledAt, _begun)));
        return app;
    }

    /// <summary>As an operation does: counts, promises, saves.</summary>
    private async Task<TextCapsOutcome> TakeAsync(
        CardeaApp app,
        string number = Number,
        Guid? accountId = null,
        string network = Network,
        Guid? organizationId = null,
        Action<AppDbContext>? also = null,
        bool commits = true)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await TakeAsync(scope, number, accountId ?? Amina, network, organizationId ?? Clinic, also, commits);
    }

    /// <summary>By somebody else, for another number, from elsewhere.</summary>
    private Task<TextCapsOutcome> TakeFreshAsync(CardeaApp app)
    {
        var id = Guid.CreateVersion7();
        return TakeAsync(app, $"+1{id:N}", id, id.ToString(), id);
    }

    private async Task<TextCapsOutcome> TakeAsync(
        AsyncServiceScope scope, string number, Guid accountId, string network, Guid organizationId, Action<AppDbContext>? also = null, bool commits = true)
    {
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var outcome = await ActivatorUtilities.CreateInstance<TextCaps>(scope.ServiceProvider, _caps).TryTakeAsync(number, accountId, network, organizationId, CancellationToken.None);
        also?.Invoke(db);
        await db.SaveChangesAsync();
        if (commits)
        {
            await write.CommitAsync(CancellationToken.None);
        }

        return outcome;
    }

    private static Task<List<TextCap>> LeftAsync(CardeaApp app) => app.ReadAsync(db => db.TextCounts.Select(row => row.Cap).ToListAsync());

    private async Task<IReadOnlyList<Guid>> AlarmsAsync(CardeaApp app)
    {
        var alarms = await app.ReadAsync(db => db.OutboxMessages.Where(message => message.CreatedAt >= _begun && message.Kind == "texts-stopped")
            .Select(message => message.AccountId!.Value).ToListAsync());
        return [.. alarms.Order()];
    }

    /// <summary>What one node measures.</summary>
    private sealed class Stops : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<string> _caps = [];

        public Stops(IServiceProvider services)
        {
            var meters = services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "cardea.texts.stopped")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _caps.Add((string)tags[0].Value!));
            _listener.Start();
        }

        public IReadOnlyList<string> Caps => _caps;

        public void Dispose() => _listener.Dispose();
    }
}
