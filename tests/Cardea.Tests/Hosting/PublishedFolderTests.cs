using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cardea.Tests.Hosting;

/// <summary>What "./dev publish" makes, run as a service manager runs it. "./dev test full" publishes first and says where.</summary>
public sealed partial class PublishedFolderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact, Scenario("V15.1.2")]
    public async Task The_published_folder_serves_as_a_service_would_have_it()
    {
        var folder = Environment.GetEnvironmentVariable("CARDEA_TEST_PUBLISHED");
        Assert.SkipWhen(folder is null, "Runs on a published folder: ./dev test full");

        using var patience = new CancellationTokenSource(Patience);
        var before = FilesOf(folder);
        await using var service = Service.Start(Path.Combine(folder, "cardea"));

        Assert.Equal("READY=1", await service.NextNoticeAsync(patience.Token));
        using var http = new HttpClient { BaseAddress = await service.AddressAsync(patience.Token) };
        Assert.Equal("Healthy", await http.GetStringAsync("/health/ready", patience.Token));
        Assert.Equal("br", await EncodingOfStyleSheetAsync(http, patience.Token));

        var exitCode = await service.StopAsync(patience.Token);

        Assert.Equal(0, exitCode);
        Assert.True(File.Exists(Path.Combine(service.Data, "cardea.db")));
        Assert.Equal(before, FilesOf(folder));
        Assert.Contains("pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@", await File.ReadAllTextAsync(Path.Combine(folder, "sbom.cdx.json"), patience.Token), StringComparison.Ordinal);
        Assert.DoesNotContain(before, file => file.Contains("demo", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(before, file => file.StartsWith("Policies", StringComparison.Ordinal));   // they are in the binary: nobody would read a changed file
    }

    private static List<string> FilesOf(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(folder, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}")
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<string> EncodingOfStyleSheetAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var page = await http.GetStringAsync("/sign-in", cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, StyleSheet().Match(page).Groups["address"].Value);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return Assert.Single(answer.Content.Headers.ContentEncoding);
    }

    [GeneratedRegex("""rel="stylesheet" href="(?<address>[^"]+)""")]
    private static partial Regex StyleSheet();

    /// <summary>The process, with what systemd gives it: a parent of that name, an environment of its own, another working directory, a socket for notices.</summary>
    private sealed partial class Service : IAsyncDisposable
    {
        private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("cardea-service-");
        private readonly Socket _notices = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        private readonly Process _manager;
        private readonly int _service;

        private Service(string binary)
        {
            var socket = Path.Combine(_place.FullName, "notify");
            _notices.Bind(new UnixDomainSocketEndPoint(socket));
            var systemd = Path.Combine(_place.FullName, "systemd");
            File.CreateSymbolicLink(systemd, "/bin/sh");
            _manager = new Process
            {
                StartInfo = new(systemd, ["-c", "\"$0\" & echo $!; wait $!", binary])
                {
                    WorkingDirectory = _place.CreateSubdirectory("work").FullName,
                    RedirectStandardOutput = true,
                },
            };
            _manager.StartInfo.Environment.Clear();
            _manager.StartInfo.Environment["NOTIFY_SOCKET"] = socket;
            _manager.StartInfo.Environment["Cardea__Data"] = Data;
            _manager.StartInfo.Environment["Urls"] = "http://127.0.0.1:0";
            _manager.Start();
            _service = int.Parse(_manager.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        }

        public string Data => Path.Combine(_place.FullName, "data");

        public static Service Start(string binary) => new(binary);

        public async Task<string> NextNoticeAsync(CancellationToken cancellationToken)
        {
            var notice = new byte[1024];
            return Encoding.UTF8.GetString(notice, 0, await _notices.ReceiveAsync(notice, cancellationToken));
        }

        /// <summary>From the log, in which every line is one JSON object.</summary>
        public async Task<Uri> AddressAsync(CancellationToken cancellationToken)
        {
            while (await _manager.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                var message = JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString();
                if (Listening().Match(message!) is { Success: true } found)
                {
                    return new(found.Groups["address"].Value);
                }
            }

            throw new InvalidOperationException("It ended without listening.");
        }

        public async Task<int> StopAsync(CancellationToken cancellationToken)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_service}"]);
            Assert.Equal("STOPPING=1", await NextNoticeAsync(cancellationToken));
            await _manager.StandardOutput.ReadToEndAsync(cancellationToken);
            await _manager.WaitForExitAsync(cancellationToken);
            return _manager.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_manager.HasExited)
            {
                _manager.Kill(entireProcessTree: true);
                await _manager.WaitForExitAsync();
            }

            _manager.Dispose();
            _notices.Dispose();
            _place.Delete(recursive: true);
        }

        [GeneratedRegex("^Now listening on: (?<address>.+)$")]
        private static partial Regex Listening();
    }
}
