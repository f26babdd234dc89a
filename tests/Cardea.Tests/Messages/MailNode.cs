using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Messages;
using Cardea.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Cardea.Tests.Messages;

/// <summary>
/// One node of the product without its web side. Nothing is sent until a test runs a round, or starts the dispatcher, itself: so a fake
/// clock and a busy machine cannot race.
/// </summary>
public sealed class MailNode : IAsyncDisposable
{
    private readonly TestData _data;
    private readonly bool _ownsData;
    private readonly IHost _host;

    private MailNode(TestData data, bool ownsData, FakeTimeProvider clock, Action<IServiceCollection>? change, IEnumerable<(string Key, string Value)> settings)
    {
        (_data, _ownsData, Clock) = (data, ownsData, clock);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cardea:Data"] = data.Folder,
            ["ConnectionStrings:Cardea"] = data.Postgres,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddCore();
        builder.AddMessageSending();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Services.RemoveAll<ILoggerProvider>().AddSingleton<ILoggerProvider>(Logs);
        change?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; }

    public CollectedLogs Logs { get; } = new();

    public IServiceProvider Services => _host.Services;

    public static async Task<MailNode> CreateAsync(Database database, params IEnumerable<(string Key, string Value)> settings)
    {
        var node = new MailNode(await TestData.CreateAsync(database), ownsData: true, new(CardeaApp.Start), change: null, settings);
        await using var scope = node.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().PrepareAsync(CancellationToken.None);
        return node;
    }

    /// <summary>One more node on the same database, under the same clock. Dispose it before this one.</summary>
    public MailNode AddNode(Action<IServiceCollection>? change = null, params IEnumerable<(string Key, string Value)> settings) =>
        new(_data, ownsData: false, Clock, change, settings);

    public Task StartDispatcherAsync() => _host.StartAsync();

    public Task StopDispatcherAsync() => _host.StopAsync();

    /// <summary>Promises a mail as an operation does, in a transaction.</summary>
    public async Task<Guid> PromiseAsync<TMail>(TMail mail)
        where TMail : IMail
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(mail);
        await db.SaveChangesAsync();
        await write.CommitAsync(CancellationToken.None);
        return db.ChangeTracker.Entries<OutboxMessage>().Single().Entity.Id;
    }

    public Task<Guid> PromiseCodeAsync(string to = "amina@clinic.example", string toName = "Amina Diallo", string? language = null) =>
        PromiseAsync(new EmailCodeMail(AccountId: null, to, toName, language, "012345", Clock.Now.AddMinutes(10)));

    public async Task<SendingRound> RunRoundAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SendMessages>().RunAsync(CancellationToken.None);
    }

    public Task<OutboxMessage> ReadMessageAsync(Guid id) => ReadAsync(db => db.OutboxMessages.AsNoTracking().SingleAsync(message => message.Id == id));

    public Task<List<AuditEntry>> AuditAsync() => ReadAsync(db => db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Id).ToListAsync());

    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    /// <summary>What lies in the pickup folder, in the order of its names.</summary>
    public IReadOnlyList<MimeMessage> ReadPickup()
    {
        var folder = Path.Combine(_data.Folder, "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))] : [];
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        if (_ownsData)
        {
            await _data.DisposeAsync();
        }
    }
}
