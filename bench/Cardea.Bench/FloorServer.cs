using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace Cardea.Bench;

/// <summary>
/// The least that any sign-in server has to do on this machine: Kestrel and nothing on top, one password hash on a worker of its own,
/// one session row and one audit row on the disk before the answer, one indexed read for the dashboard. No framework, no rules, no words.
/// </summary>
internal sealed class FloorServer : IDisposable
{
    private const int LongestQueue = 1000;
    private const int WorkerNice = 10;
    private const string SessionCookie = "session";

    private static readonly string s_form = $"""
        <!doctype html><html lang="en"><title>Sign in</title><form method="post" id="sign-in-form">
        <input type="hidden" name="__RequestVerificationToken" value="{Convert.ToHexString(RandomNumberGenerator.GetBytes(64))}">
        <input name="Input.OrganizationCode"><input name="Input.Username"><input type="password" name="Input.Password"><button>Login</button></form>
        """;

    private readonly BlockingCollection<(string Password, TaskCompletionSource Done)> _hashes = new(LongestQueue);
    private readonly BlockingCollection<(byte[] Session, string Person, TaskCompletionSource Done)> _signIns = [];
    private readonly string _connectionString;

    private FloorServer(string dataDirectory) =>
        _connectionString = $"Data Source={Path.Combine(dataDirectory, "floor.db")}";

    public static async Task RunAsync()
    {
        using var floor = new FloorServer(Environment.GetEnvironmentVariable("Cardea__Data")!);
        floor.StartThreads();

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(Environment.GetEnvironmentVariable("ASPNETCORE_URLS")!);
        await using var app = builder.Build();
        app.Run(floor.AnswerAsync);
        await app.RunAsync();
    }

    public void Dispose()
    {
        _hashes.Dispose();
        _signIns.Dispose();
    }

    private Task AnswerAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/health/ready") => context.Response.WriteAsync("ready"),
        ("GET", "/sign-in") => WriteHtmlAsync(context, s_form),
        ("POST", "/sign-in") => SignInAsync(context),
        ("GET", "/") => ShowDashboardAsync(context),
        _ => NotFoundAsync(context),
    };

    private async Task SignInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();

        var hashed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_hashes.TryAdd((form["Input.Password"].ToString(), hashed)))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        await hashed.Task;

        var session = RandomNumberGenerator.GetBytes(32);
        var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _signIns.Add((SHA256.HashData(session), form["Input.Username"].ToString(), committed));
        await committed.Task;

        context.Response.Cookies.Append(SessionCookie, Convert.ToHexString(session), new() { HttpOnly = true });
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
    }

    private async Task ShowDashboardAsync(HttpContext context)
    {
        var person = context.Request.Cookies[SessionCookie] is { } session ? FindPerson(SHA256.HashData(Convert.FromHexString(session))) : null;
        if (person is null)
        {
            context.Response.Redirect("/sign-in");
            return;
        }

        await WriteHtmlAsync(context, $"""<!doctype html><html lang="en"><title>My Dashboard</title><main id="my-dashboard">Hello {person}</main>""");
    }

    private string? FindPerson(byte[] session)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT person FROM sessions WHERE id = $id";
        command.Parameters.AddWithValue("$id", session);
        return command.ExecuteScalar() as string;
    }

    private void StartThreads()
    {
        for (var core = 0; core < Environment.ProcessorCount; core++) { StartThread(Hash); }
        var database = OpenDatabase();
        StartThread(() => Commit(database));

        static void StartThread(Action work) => new Thread(() => work()) { IsBackground = true }.Start();
    }

    private void Hash()
    {
        Linux.MakeThisThreadNice(WorkerNice);
        var hash = new byte[32];
        foreach (var (password, done) in _hashes.GetConsumingEnumerable())
        {
            HashCost.Hash(Encoding.UTF8.GetBytes(password), "sixteen bytes ok"u8, hash);
            done.SetResult();
        }
    }

    private SqliteConnection OpenDatabase()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS sessions (id BLOB PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS audit (id INTEGER PRIMARY KEY, name TEXT NOT NULL, person TEXT NOT NULL);
            """;
        command.ExecuteNonQuery();
        return connection;
    }

    private void Commit(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO sessions (id, person) VALUES ($id, $person);
            INSERT INTO audit (name, person) VALUES ('signed-in', $person);
            """;
        var id = command.Parameters.Add("$id", SqliteType.Blob);
        var person = command.Parameters.Add("$person", SqliteType.Text);

        foreach (var signIn in _signIns.GetConsumingEnumerable())
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            id.Value = signIn.Session;
            person.Value = signIn.Person;
            command.ExecuteNonQuery();
            transaction.Commit();
            signIn.Done.SetResult();
        }
    }

    private static Task WriteHtmlAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
