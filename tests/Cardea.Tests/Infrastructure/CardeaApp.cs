using System.Net;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Passwords;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// The product as it is in production, on a database of its own. Only true edges are replaced: the clock stands still until a test moves it,
/// mails land in a folder, logs in a list, standard output nowhere; and in the short run hashes are cheap (<see cref="TestHashes"/>).
/// </summary>
public sealed class CardeaApp : WebApplicationFactory<Program>
{
    /// <summary>A Monday at 8:00 in the middle of the United States.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    private readonly TestData _data;
    private readonly bool _ownsData;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private CardeaApp(TestData data, bool ownsData, IReadOnlyDictionary<string, string> settings, FakeTimeProvider clock)
    {
        (_data, _ownsData, _settings, Clock) = (data, ownsData, settings, clock);
        HashesCheaply = !Extent.IsFull && !settings.Keys.Any(key => key.StartsWith(HashingSettings.Section, StringComparison.Ordinal));
        ClientOptions.BaseAddress = new("https://localhost");
    }

    public FakeTimeProvider Clock { get; }

    public CollectedLogs Logs { get; } = new();

    public SentStatements Statements { get; } = new();

    public TroubledSqlite Sqlite { get; } = new();

    /// <summary>Where the app's files are: the mail pickup, and the SQLite database.</summary>
    public string Folder => _data.Folder;

    public Database Database => _data.Database;

    /// <summary>Whether it listens on a real port of this machine, in the clear; else requests are handed over in memory, as if by https.</summary>
    public bool OnNetwork { get; private init; }

    /// <summary>See <see cref="TestHashes"/>.</summary>
    public bool HashesCheaply { get; private init; }

    public Uri Address => ClientOptions.BaseAddress;

    /// <summary>A running app. <paramref name="settings"/> override those of the preset: ("Cardea:Policy", "nist").</summary>
    public static async Task<CardeaApp> StartAsync(Database database, params IEnumerable<(string Key, string Value)> settings) =>
        Run(new(await TestData.CreateAsync(database), ownsData: true, Named(settings), NewClock()));

    /// <summary>The same on real Kestrel at http://127.0.0.1, for races, raw sockets and real connections.</summary>
    public static async Task<CardeaApp> StartOnNetworkAsync(Database database, params IEnumerable<(string Key, string Value)> settings) =>
        Run(new(await TestData.CreateAsync(database), ownsData: true, Named(settings), NewClock()) { OnNetwork = true });

    /// <summary>One more node on the same database, under the same clock. Dispose it before this one.</summary>
    public CardeaApp StartSecondNode(params IEnumerable<(string Key, string Value)> settings) =>
        Run(new(_data, ownsData: false, Named(settings), Clock) { OnNetwork = OnNetwork, HashesCheaply = HashesCheaply });

    /// <summary>A person at a browser of their own, with an empty cookie jar, who typed <paramref name="address"/> if given.</summary>
    public PersonBrowser OpenBrowser(string clientAddress = "203.0.113.7", string? address = null) =>
        new(this, IPAddress.Parse(clientAddress), address is null ? Address : new(address));

    /// <summary>What the database holds now, read by a context that has seen nothing before.</summary>
    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    public async Task WriteAsync(Func<AppDbContext, Task> write)
    {
        await using var scope = Services.CreateAsyncScope();
        await write(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    /// <summary>Runs one of the product's operations as a request would: in a scope of its own.</summary>
    public async Task<T> RunAsync<TOperation, T>(Func<TOperation, Task<T>> run)
        where TOperation : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TOperation>());
    }

    /// <summary>The audit trail by time; what happened at one and the same moment is in no order.</summary>
    public Task<List<AuditEntry>> AuditAsync() => ReadAsync(db => db.AuditEntries.AsNoTracking().OrderBy(e => e.At).ToListAsync());

    /// <summary>A handler that hands requests to the app as if they came from <paramref name="client"/>. It follows nothing and keeps nothing.</summary>
    public HttpMessageHandler CreateHandler(IPAddress client) => OnNetwork
        ? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 256 }
        : Server.CreateHandler(context => context.Connection.RemoteIpAddress = client);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsData)
        {
            await _data.DisposeAsync();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Cardea:Data", _data.Folder);
        builder.UseSetting("ConnectionStrings:Cardea", _data.Postgres ?? "");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.Replace(ServiceDescriptor.Singleton(TextWriter.Null));
            services.RemoveAll<ILoggerProvider>().AddSingleton<ILoggerProvider>(Logs);
            if (HashesCheaply)
            {
                services.Replace(ServiceDescriptor.Singleton(TestHashes.Cheap));
            }

            services.ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(Statements, Sqlite));
            services.ConfigureDbContext<PostgresAppDbContext>(options => options.AddInterceptors(Statements));
        });
    }

    private static FakeTimeProvider NewClock() => new(Start);

    private static Dictionary<string, string> Named(IEnumerable<(string Key, string Value)> settings) => settings.ToDictionary(s => s.Key, s => s.Value);

    private static CardeaApp Run(CardeaApp app)
    {
        if (app.OnNetwork)
        {
            app.UseKestrel(port: 0);
        }

        app.StartServer();
        return app;
    }
}
