using System.Text;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
    private bool _isStarted;

    private MailNode(TestData data, bool ownsData, WatchedClock clock, Action<IServiceCollection>? change, IEnumerable<(string Key, string Value)> settings)
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
        builder.Services.RemoveAll<IHostedService>().AddHostedService<OutboxDispatcher>();   // others want a web server
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        builder.Services.RemoveAll<ILoggerProvider>().AddSingleton<ILoggerProvider>(Logs);
        change?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public WatchedClock Clock { get; }

    public CollectedLogs Logs { get; } = new();

    public IServiceProvider Services => _host.Services;

    public string PickupFolder => Path.Combine(_data.Folder, "mail");

    public string TextFolder => Path.Combine(_data.Folder, "texts");

    public static async Task<MailNode> CreateAsync(Database database, params IEnumerable<(string Key, string Value)> settings)
    {
        var node = new MailNode(await TestData.CreateAsync(database), ownsData: true, new WatchedClock(), change: null, settings);
        await using var scope = node.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().PrepareAsync(CancellationToken.None);
        return node;
    }

    /// <summary>One more node on the same database, under the same clock. Dispose it before this one.</summary>
    /// <param name="after">Done whenever it has handed a message over, and before that is recorded.</param>
    public MailNode AddNode(
        Func<Task>? after = null, Action<IServiceCollection>? change = null, IEnumerable<(string Key, string Value)>? settings = null) =>
        new(_data, ownsData: false, Clock, services => { Interrupt(services, after); change?.Invoke(services); }, settings ?? []);

    public async Task StartDispatcherAsync()
    {
        await _host.StartAsync();
        _isStarted = true;
    }

    public Task StopDispatcherAsync() => _host.StopAsync();

    /// <summary>For what is told just after it was done.</summary>
    public async Task WhenLoggedAsync(string text)
    {
        while (Logs.Lines.All(line => line.Text != text))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Promises a message as an operation does, in a transaction.</summary>
    public async Task<Guid> PromiseAsync<TMessage>(TMessage message)
        where TMessage : IMessage
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<Outbox>().Add(message);
        await db.SaveChangesAsync();
        await write.CommitAsync(CancellationToken.None);
        return db.ChangeTracker.Entries<OutboxMessage>().Single().Entity.Id;
    }

    public Task<Guid> PromiseCodeAsync(string to = "amina@clinic.example", string toName = "Amina Diallo", string? language = null) =>
        PromiseAsync(CodeMail(to, toName, language));

    public EmailCodeMail CodeMail(string to = "amina@clinic.example", string toName = "Amina Diallo", string? language = null) =>
        new(AccountId: null, to, toName, language, "012345", Clock.Now.AddMinutes(10));

    public Task<Guid> PromiseTextAsync(string to = "+16125550123", string? language = null) => PromiseAsync(CodeText(to, language));

    public SignInCodeText CodeText(string to = "+16125550123", string? language = null) =>
        new(AccountId: null, to, language, "012345", Clock.Now.AddMinutes(10));

    public Task<SendingRound> RunRoundAsync() => RunRoundAsync(MessageChannel.Mail);

    public async Task<SendingRound> RunRoundAsync(MessageChannel channel)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SendMessages>().RunAsync(channel, CancellationToken.None);
    }

    public Task<OutboxMessage> ReadMessageAsync(Guid id) => ReadAsync(db => db.OutboxMessages.AsNoTracking().SingleAsync(message => message.Id == id));

    public Task<List<AuditEntry>> AuditAsync() => ReadAsync(db => db.AuditEntries.AsNoTracking().OrderBy(entry => entry.At).ToListAsync());

    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    /// <summary>A whole table as somebody sees it who has the database only: every value as text, bytes as if they were letters.</summary>
    public Task<string> ReadRowsAsync(string table) => ReadAsync(async db =>
    {
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var text = new StringBuilder();
        while (await reader.ReadAsync())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                text.Append(reader.GetValue(column) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : reader.GetValue(column)).Append('\n');
            }
        }

        return text.ToString();
    });

    /// <summary>What lies in the pickup folder, in the order of its names.</summary>
    public IReadOnlyList<MimeMessage> ReadPickup() => Directory.Exists(PickupFolder)
        ? [.. Directory.GetFiles(PickupFolder).Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))]
        : [];

    public IReadOnlyList<string> ReadTexts() => Directory.Exists(TextFolder)
        ? [.. Directory.GetFiles(TextFolder).Order(StringComparer.Ordinal).Select(File.ReadAllText)]
        : [];

    private static void Interrupt(IServiceCollection services, Func<Task>? after)
    {
        if (after is null)
        {
            return;
        }

        var usual = services.Last(service => service.ServiceType == typeof(IMailDelivery)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Scoped<IMailDelivery>(provider => new DeliveryThen((IMailDelivery)usual(provider), after)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
        {
            await _host.StopAsync();
        }

        _host.Dispose();
        if (_ownsData)
        {
            await _data.DisposeAsync();
        }
    }
}
