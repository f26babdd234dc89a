using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cardea.Tests.Messages;

/// <summary>
/// A mail server that says what a test tells it to, over a real socket. Given a certificate, it offers STARTTLS and keeps it.
/// </summary>
public sealed class ScriptedMailServer : IAsyncDisposable
{
    /// <summary>What the script is asked for when a connection opens, and when a message has ended.</summary>
    public const string Greeting = "(greeting)", Message = "(message)";

    /// <summary>What it hears when the line is encrypted from here on.</summary>
    public const string Encrypted = "(encrypted)";

    /// <summary>Instead of an answer: the line goes dead, or is kept open in silence.</summary>
    public const string HangUp = "(hang up)", Silence = "(silence)";

    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<string> _heard = [];
    private readonly SemaphoreSlim _silent = new(0);
    private readonly Task _serving;

    /// <param name="script">By the beginning of a command, what is answered to it; all else is answered kindly.</param>
    public ScriptedMailServer(IReadOnlyDictionary<string, string>? script = null, int port = 0, X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        Script = script ?? new Dictionary<string, string>();
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public IReadOnlyDictionary<string, string> Script { get; set; }

    public int Port { get; }

    /// <summary>Every line that was said to it, message texts included.</summary>
    public IReadOnlyCollection<string> Heard => _heard;

    public int Messages => _heard.Count(line => line == Message);

    public (string Key, string Value)[] Settings =>
    [
        ("Cardea:Messages:Transport", "Smtp"),
        ("Cardea:Messages:Host", "127.0.0.1"),
        ("Cardea:Messages:Port", $"{Port}"),
        ("Cardea:Messages:Encryption", "None"),
        ("Cardea:Messages:From", "no-reply@registry.example"),
    ];

    /// <summary>Comes back when somebody waits in vain for an answer.</summary>
    public Task WhenSilentAsync() => _silent.WaitAsync();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _serving;
        _closing.Dispose();
        _silent.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var ended = await TalkAsync(Greeting, client.GetStream());
            if (ended is "STARTTLS")
            {
                await using var encrypted = new SslStream(client.GetStream());
                await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
                _heard.Enqueue(Encrypted);
                await TalkAsync(command: null, encrypted);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or AuthenticationException)
        {
            // The test is over, or the other side has hung up.
        }
    }

    /// <summary>Says and hears until the line is closed or changed; gives back the last command.</summary>
    private async Task<string?> TalkAsync(string? command, Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        while ((command is null || await AnswerAsync(command, stream)) && (command = await reader.ReadLineAsync(_closing.Token)) is not null)
        {
            _heard.Enqueue(command);
            if (command == "DATA" && !IsScripted(command))
            {
                await SayAsync("354 Go on", stream);
                while (await reader.ReadLineAsync(_closing.Token) is { } text && text != ".")
                {
                    _heard.Enqueue(text);
                }

                command = Message;
                _heard.Enqueue(Message);
            }
        }

        return command;
    }

    private bool IsScripted(string command) => Script.Keys.Any(beginning => command.StartsWith(beginning, StringComparison.Ordinal));

    private async Task<bool> AnswerAsync(string command, Stream stream)
    {
        var scripted = Script.FirstOrDefault(entry => command.StartsWith(entry.Key, StringComparison.Ordinal)).Value;
        switch (scripted)
        {
            case HangUp:
                return false;
            case Silence:
                _silent.Release();
                return true;
            default:
                await SayAsync(scripted ?? Kindly(command), stream);
                return scripted is not null || command is not ("QUIT" or "STARTTLS");
        }
    }

    private string Kindly(string command) => command.Split(' ')[0] switch
    {
        Greeting => "220 mail.example ESMTP",
        "EHLO" => _certificate is null ? "250-mail.example\r\n250 ENHANCEDSTATUSCODES" : "250-mail.example\r\n250 STARTTLS",
        "STARTTLS" => "220 2.0.0 Go on",
        "QUIT" => "221 2.0.0 Bye",
        _ => "250 2.0.0 OK",
    };

    private async Task SayAsync(string answer, Stream stream) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), _closing.Token);
}
