using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Cardea.Tests.Infrastructure;

/// <summary>The way from the product to a test's PostgreSQL, which can go silent: then connections open, and nothing ever comes back.</summary>
public sealed class PostgresLine : IAsyncDisposable
{
    private readonly TcpListener _entrance = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly EndPoint _exit;
    private readonly Task _serving;
    private int _calls;

    public PostgresLine(string connection)
    {
        var parts = new NpgsqlConnectionStringBuilder(connection);
        _exit = parts.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{parts.Host}/.s.PGSQL.{parts.Port}") : new DnsEndPoint(parts.Host, parts.Port);
        _entrance.Start();
        (parts.Host, parts.Port) = ("127.0.0.1", ((IPEndPoint)_entrance.LocalEndpoint).Port);
        (parts.Timeout, parts.CommandTimeout, parts.CancellationTimeout) = (1, 1, 1);
        Connection = parts.ToString();
        _serving = ServeAsync();
    }

    /// <summary>Leads to the same database, with a second's patience.</summary>
    public string Connection { get; }

    public bool IsSilent { get; set; }

    /// <summary>Connections that were opened so far.</summary>
    public int Calls => _calls;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _entrance.Dispose();
        await _serving;
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                var caller = await _entrance.AcceptSocketAsync(_closing.Token);
                Interlocked.Increment(ref _calls);
                lines.Add(ConnectAsync(caller));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task ConnectAsync(Socket caller)
    {
        using var here = new NetworkStream(caller, ownsSocket: true);
        using var socket = new Socket(_exit.AddressFamily, SocketType.Stream, ProtocolType.IP);
        await socket.ConnectAsync(_exit);
        using var there = new NetworkStream(socket);
        await Task.WhenAny(PassOnAsync(here, there), PassOnAsync(there, here));   // when one hangs up, so does the other
    }

    private async Task PassOnAsync(NetworkStream from, NetworkStream to)
    {
        var bytes = new byte[8192];
        try
        {
            while (await from.ReadAsync(bytes, _closing.Token) is > 0 and var count)
            {
                if (!IsSilent)
                {
                    await to.WriteAsync(bytes.AsMemory(0, count), _closing.Token);
                }
            }
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            // Hung up.
        }
    }
}
