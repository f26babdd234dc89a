using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cardea.Tests.CommandLine;
using Microsoft.Data.Sqlite;

namespace Cardea.Tests.Hosting;

/// <summary>Bad settings and bad surroundings end the start: one plain sentence, an exit code for the service manager, and no stack trace.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private const int TryAgainLater = 75, WrongSetting = 78;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("cardea-start-");

    [Theory]
    [InlineData("Cardea:Policy", "none", "Cardea:Policy is \"none\": choose one of")]
    [InlineData("Cardea:Passwords:MinimumLength", "3", "Cardea:Passwords:MinimumLength must be between 8 and 128.")]
    [InlineData("Cardea:Sessions:WarnBefore", "00:10:00", "Cardea:Sessions:WarnBefore must be shorter than Cardea:Sessions:Idle.", "--Cardea:Sessions:Idle=00:05:00")]
    [InlineData("Cardea:Passwords:MinimumLenght", "14", "Cardea:Passwords:MinimumLenght is no setting.")]
    [InlineData("Cardea:Permissions:Grants:1:AnyOff", "Standard", "Cardea:Permissions:Grants:1:AnyOff is no setting.")]
    [InlineData("Cardea:Permissions:Grants:1:AnyOf", "Standrad", "Failed to convert configuration value 'Standrad' at 'Cardea:Permissions:Grants:1:AnyOf'")]
    [InlineData("Cardea:Permissions:Grants:1:AtTypes:0", "Pharmcy", "Failed to convert configuration value 'Pharmcy' at 'Cardea:Permissions:Grants:1:AtTypes:0'")]
    [InlineData("Cardea:Permissions:Grants:6:AnyOf", "Standard", "Cardea:Permissions:Grants:6:Permission is empty")]
    [InlineData("Kestrel:Endpoints:Https:Certificate:Path", "/nowhere/tls.pem", "/nowhere/tls.pem", "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0")]
    [InlineData("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0", "No server certificate was specified")]
    [InlineData("Cardea:Permissions:Grants:1:AtTypes", "Pharmacy", "Cardea:Permissions:Grants:1:AtTypes is a list: write Cardea:Permissions:Grants:1:AtTypes:0")]
    [InlineData("Cardea:Message:Transport", "Smtp", "Cardea:Message is no setting.")]
    [InlineData("Cardea:MigratAtStart", "true", "Cardea:MigratAtStart is no setting.")]
    [InlineData("Cardea:KnownProxies", "10.0.0.5", "Cardea:KnownProxies is a list: write Cardea:KnownProxies:0")]
    [InlineData("urls", "localhost", "Invalid url: 'localhost'")]
    public async Task A_wrong_setting_ends_the_start_with_a_sentence(string setting, string value, string expected, params string[] more)
    {
        await using var errors = new StringWriter();

        var exitCode = await Program.RunAsync([CardeaCommands.InThisProcess, .. Options, "--Logging:LogLevel:Default=None", $"--{setting}={value}", .. more], TextWriter.Null, errors)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(WrongSetting, exitCode);
        Assert.Contains(expected, AsOneSentence(errors.ToString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cardea:Data", "/dev/null", "/dev/null")]
    [InlineData("Cardea:Passwords:MinimumLength", "3", "Cardea:Passwords:MinimumLength must be between 8 and 128.")]
    public async Task The_program_says_it_where_people_and_service_managers_look(string setting, string value, string expected)
    {
        var (exitCode, output, errors) = await StartAsync($"--{setting}={value}");

        Assert.Equal(WrongSetting, exitCode);
        Assert.Contains(expected, AsOneSentence(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_ends_the_start_for_now()
    {
        var (exitCode, _, errors) = await StartAsync($"--ConnectionStrings:Cardea=Host=127.0.0.1;Port={TakenPort(out var taken)};Timeout=2;Database=cardea");
        taken.Dispose();

        Assert.Equal(TryAgainLater, exitCode);
        Assert.Contains("the database does not answer", AsOneSentence(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_program_keeps_locked_ends_the_start_for_now()
    {
        await using var other = new SqliteConnection($"Data Source={_place.CreateSubdirectory("data").FullName}/cardea.db;Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var locked = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);   // BEGIN IMMEDIATE: the one writer

        var (exitCode, output, errors) = await StartAsync();

        Assert.Equal(TryAgainLater, exitCode);
        Assert.Contains("database is locked", AsOneSentence(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_ends_the_start_for_now()
    {
        var port = TakenPort(out var taken);
        var (exitCode, output, errors) = await StartAsync($"--urls=http://127.0.0.1:{port}");
        taken.Dispose();

        Assert.Equal(TryAgainLater, exitCode);
        Assert.Contains("address already in use", AsOneSentence(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Delete(recursive: true);

    private string[] Options => ["--urls=http://127.0.0.1:0", $"--Cardea:Data={_place.FullName}/data"];

    /// <summary>The built binary, in a process of its own.</summary>
    private async Task<(int ExitCode, string Output, string Errors)> StartAsync(params string[] settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "cardea.dll");
        using var server = Process.Start(new ProcessStartInfo("dotnet", [program, .. Options, .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = server.StandardOutput.ReadToEndAsync();
        var errors = server.StandardError.ReadToEndAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await server.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            server.Kill();   // it was not refused, and would run for ever
            throw;
        }

        return (server.ExitCode, await output, await errors);
    }

    private static string AsOneSentence(string errors)
    {
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Cardea cannot start: ", line, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Something listens there that is neither a database nor ours.</summary>
    private static int TakenPort(out TcpListener taken)
    {
        taken = new(IPAddress.Loopback, 0);
        taken.Start();
        return ((IPEndPoint)taken.LocalEndpoint).Port;
    }
}
