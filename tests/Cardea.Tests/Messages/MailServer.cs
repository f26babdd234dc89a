using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Cardea.Tests.Messages;

/// <summary>
/// A real mail server (maildev), on free ports of this machine: it wants encryption and a sign-in, under a certificate for "localhost" from an
/// authority of its own. It lives until the standard input of its shell closes, so none is left behind by a killed run.
/// </summary>
public sealed class MailServer : IAsyncLifetime
{
    public const string UserName = "cardea", Password = "correct horse";

    private const string Script = """
        node "$0" --ip 127.0.0.1 --smtp "$1" --web-ip 127.0.0.1 --web "$2" --incoming-user "$3" --incoming-pass "$4" \
            --incoming-secure --incoming-cert "$5" --incoming-key "$6" &
        trap "kill $!" EXIT
        cat
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cardea-mail-server-");
    private readonly int _port = FreePort();
    private readonly HttpClient _web = new() { BaseAddress = new($"http://127.0.0.1:{FreePort()}") };
    private Process? _process;

    /// <summary>Settings with which a node may send here. Later ones override earlier ones.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Cardea:Messages:Transport", "Smtp"),
        ("Cardea:Messages:Host", "localhost"),
        ("Cardea:Messages:Port", $"{_port}"),
        ("Cardea:Messages:Encryption", "Tls"),
        ("Cardea:Messages:UserName", UserName),
        ("Cardea:Messages:Password", Password),
        ("Cardea:Messages:CertificateAuthority", PathOf(TestCertificates.Authority)),
        ("Cardea:Messages:From", "no-reply@registry.example"),
    ];

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "../../../node_modules/maildev/dist/bin/maildev.js");
        Assert.True(File.Exists(program), "maildev is missing: run \"npm ci\" in tests/Cardea.Tests, as \"./dev test\" does.");

        TestCertificates.WriteTo(_folder);
        _process = Process.Start(new ProcessStartInfo(
            "sh", ["-c", Script, program, $"{_port}", $"{_web.BaseAddress!.Port}", UserName, Password, PathOf(TestCertificates.Server), PathOf(TestCertificates.ServerKey)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Press Ctrl+C", StringComparison.Ordinal))
        {
        }
    }

    /// <summary>The mails of one recipient, in the order of their arrival.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> ReceivedByAsync(string address)
    {
        var all = await _web.GetFromJsonAsync<ReceivedMail[]>("/api/email");
        return [.. all!.Where(mail => mail.Envelope.To.Any(to => to.Address == address))];
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}

public sealed record ReceivedMail(string Subject, string Text, string Html, ReceivedEnvelope Envelope, IReadOnlyDictionary<string, object> Headers);

public sealed record ReceivedEnvelope(ReceivedAddress From, IReadOnlyList<ReceivedAddress> To);

public sealed record ReceivedAddress(string Address);
