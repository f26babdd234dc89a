using System.Diagnostics;
using Cardea.Data;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer.OfThisRun))]

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// The PostgreSQL of a test run: the one that CARDEA_TEST_POSTGRES names, else Debian's, started on a socket of its own and gone afterwards.
/// The schema is migrated once, into a template; a test's fresh database is a copy of it, made in milliseconds.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Variable = "CARDEA_TEST_POSTGRES";

    /// <summary>
    /// The server lives until the standard input of this script closes. That happens when the run is over, also when it was killed, so no
    /// server is ever left behind. Nothing is kept, so nothing need reach the disk.
    /// </summary>
    private const string Script = """
        set -e
        home=$(mktemp --directory --tmpdir cardea-postgres-XXXXXX)
        finish() { "$1/pg_ctl" --pgdata="$home/data" --mode=immediate stop >&2 || true; rm -rf "$home"; }
        trap 'finish "$0"' EXIT
        trap exit INT TERM HUP
        "$0/initdb" --pgdata="$home/data" --username=cardea --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >&2
        "$0/pg_ctl" --pgdata="$home/data" --log="$home/log" --wait start >&2 \
            --options="-k $home -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400"
        echo "$home"
        cat >&2
        """;

    private static readonly Lazy<Task<PostgresServer>> Started = new(StartAsync);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Process? _process;
    private readonly string _template;
    private int _made;

    private PostgresServer(string connection, Process? process)
    {
        _server = new(connection);
        _process = process;
        _template = $"cardea_test_{Environment.ProcessId}";
    }

    public static async Task<string> CreateDatabaseAsync()
    {
        var server = await Started.Value;
        return await server.CopyAsync(server._template);
    }

    public static async Task<string> CreateEmptyDatabaseAsync() => await (await Started.Value).CopyAsync("template1");

    public static async Task DropDatabaseAsync(string connection)
    {
        await using var idle = new NpgsqlConnection(connection);
        NpgsqlConnection.ClearPool(idle);
        await (await Started.Value).ExecuteAsync($"""DROP DATABASE "{idle.Database}" WITH (FORCE)""");
    }

    /// <summary>As if the server had gone down: everybody is thrown out, and nobody gets in until <see cref="OpenDatabaseAsync"/>.</summary>
    public static async Task CloseDatabaseAsync(string connection)
    {
        var (server, name) = (await Started.Value, new NpgsqlConnectionStringBuilder(connection).Database);
        await server.ExecuteAsync($"""ALTER DATABASE "{name}" ALLOW_CONNECTIONS false""");
        await server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    public static async Task OpenDatabaseAsync(string connection) =>
        await (await Started.Value).ExecuteAsync($"""ALTER DATABASE "{new NpgsqlConnectionStringBuilder(connection).Database}" ALLOW_CONNECTIONS true""");

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"""DROP DATABASE "{_template}" WITH (FORCE)""");
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _oneAtATime.Dispose();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? new PostgresServer(given, process: null) : await StartDebiansAsync();
        await server.ExecuteAsync($"""CREATE DATABASE "{server._template}" """);
        await using var db = Contexts.Postgres(server.ConnectionTo(server._template, pooled: false));
        await db.Database.MigrateAsync();
        return server;
    }

    private static async Task<PostgresServer> StartDebiansAsync()
    {
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : null;
        if (binaries is null)
        {
            throw new InvalidOperationException(
                $"PostgreSQL is not installed, and every test of data runs on it, too: \"apt install postgresql\", or set {Variable} to the connection string of a server that may create databases.");
        }

        // PostgreSQL refuses to run as root; its package brought a user for it.
        string[] command = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", "sh", "-c", Script, binaries] : ["sh", "-c", Script, binaries];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var complaints = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadLineAsync() is { } socket
            ? new($"Host={socket};Username=cardea", process)
            : throw new InvalidOperationException($"PostgreSQL did not start: {await complaints}");
    }

    private async Task<string> CopyAsync(string template)
    {
        var name = $"{_template}_{Interlocked.Increment(ref _made)}";
        await _oneAtATime.WaitAsync();   // two copies at once would each find the template in use
        try
        {
            await ExecuteAsync($"""CREATE DATABASE "{name}" TEMPLATE "{template}" """);
        }
        finally
        {
            _oneAtATime.Release();
        }

        return ConnectionTo(name, pooled: true);
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(_server.Database ?? "postgres", pooled: false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Patient, so that a crowd which waits for its turn at the few connections of a test is not turned away by a slow machine.</summary>
    private string ConnectionTo(string database, bool pooled) =>
        new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Database = database,
            Pooling = pooled,
            MaxPoolSize = 50,
            Timeout = 30,
            CommandTimeout = 30,
        }.ToString();

    /// <summary>Stops the server after the last test, if any test asked for it.</summary>
    public sealed class OfThisRun : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (Started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                await (await Started.Value).DisposeAsync();
            }
        }
    }
}
