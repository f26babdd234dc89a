using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cardea.BrowserTests.Demo;

/// <summary>The demo as "./dev demo" starts it, on a free port and in a folder of its own.</summary>
public sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly JsonNode _description;
    private readonly Task<string> _restOfOutput;

    private DemoProcess(Process process, string folder, JsonNode description)
    {
        (_process, Folder, _description) = (process, folder, description);
        _restOfOutput = process.StandardOutput.ReadToEndAsync();   // left unread, it would block the demo one day
    }

    public string Folder { get; }

    public Uri Url => new(_description["url"]!.GetValue<string>());

    public IReadOnlyList<DemoPerson> People => _description["accounts"].Deserialize<List<DemoPerson>>(JsonSerializerOptions.Web)!;

    public DemoPerson Person(string kind) => People.First(person => person.Kind == kind);

    /// <summary>Ends when <c>demo.json</c> is there: the server answers from then on.</summary>
    public static async Task<DemoProcess> StartAsync(params IEnumerable<string> options)
    {
        using var patience = new CancellationTokenSource(Patience);
        var folder = Directory.CreateTempSubdirectory("cardea-demo-").FullName;
        var program = Path.Combine(AppContext.BaseDirectory, "cardea-demo.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--port", "0", "--data", folder, .. options])
        {
            RedirectStandardOutput = true,
        })!;

        try
        {
            var file = Path.Combine(folder, "demo.json");
            while (!File.Exists(file))
            {
                // It says something whenever it gets further, and the last of it once the file is written.
                _ = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The demo ended before it was ready.");
            }

            return new(process, folder, JsonNode.Parse(await File.ReadAllTextAsync(file, patience.Token))!);
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _restOfOutput;
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A line of <c>demo.json</c>.</summary>
public sealed record DemoPerson(string Kind, string OrganizationCode, string Username, string Email, string Password, string? AuthenticatorKey)
{
    /// <summary>Without the secrets: they would end up in messages of failed tests.</summary>
    public override string ToString() => $"{Username} ({Kind})";
}
