using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace Cardea.Bench;

/// <summary>
/// A browser cut down to what a load driver needs: one kept-alive connection, a cookie jar, no rendering. It blocks the thread it is
/// used on: the driver shares the machine with the server, and nothing is lighter than one system call to write and one to read. It
/// also keeps the figures honest, because no queue inside the driver can be mistaken for a wait at the server.
/// </summary>
internal sealed class Browser(IPEndPoint server) : IDisposable
{
    private const int PatienceMilliseconds = 60_000;

    private readonly string _origin = $"http://{server}";
    private readonly Dictionary<string, string> _cookies = [];
    private readonly byte[] _request = new byte[16 * 1024];
    private byte[] _received = new byte[32 * 1024];
    private int _receivedLength;
    private Socket? _connection;

    /// <summary>Starts over as a browser that has never been here.</summary>
    public void Forget()
    {
        Disconnect();
        _cookies.Clear();
    }

    public Response Get(string path)
    {
        Utf8.TryWrite(_request, $"GET {path} HTTP/1.1\r\n{CommonHeaders()}\r\n", out var length);
        return Exchange(_request.AsSpan(0, length));
    }

    public Response Post(string path, string form)
    {
        const string type = "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded";
        var origin = $"Origin: {_origin}\r\nReferer: {_origin}{path}";
        var formLength = Encoding.UTF8.GetByteCount(form);
        Utf8.TryWrite(
            _request, $"POST {path} HTTP/1.1\r\n{CommonHeaders()}{origin}\r\n{type}\r\nContent-Length: {formLength}\r\n\r\n{form}", out var length);
        return Exchange(_request.AsSpan(0, length));
    }

    public void Dispose() => Disconnect();

    private string CommonHeaders()
    {
        const string same = "User-Agent: cardea-bench\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Language: en\r\nAccept-Encoding: br, gzip\r\n";
        var cookies = _cookies.Count == 0 ? "" : $"Cookie: {string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))}\r\n";
        return $"Host: {server}\r\n{same}{cookies}";
    }

    private Response Exchange(ReadOnlySpan<byte> request)
    {
        try
        {
            return SendAndReceive(request);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            Disconnect();   // whatever is still on its way is no answer to the next request
            throw;
        }
    }

    private Response SendAndReceive(ReadOnlySpan<byte> request)
    {
        _connection ??= Connect();
        _connection.Send(request);

        _receivedLength = 0;
        int headLength;
        while ((headLength = Received.IndexOf("\r\n\r\n"u8)) < 0) { ReceiveMore(); }

        var bodyStart = headLength + 4;
        var bodyLength = IsChunked(Received[..headLength])
            ? ReceiveChunks(bodyStart)
            : ReceiveWhole(bodyStart, ContentLength(Received[..headLength]));

        var response = new Response(
            _received.AsSpan(0, headLength), _received.AsSpan(bodyStart, bodyLength), wireBytes: _receivedLength);
        KeepCookies(response);
        if (response.Header("Connection"u8).SequenceEqual("close"u8)) { Disconnect(); }
        return response;
    }

    private Socket Connect()
    {
        var connection = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = PatienceMilliseconds };
        connection.Connect(server);
        return connection;
    }

    private void Disconnect()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private ReadOnlySpan<byte> Received => _received.AsSpan(0, _receivedLength);

    private void ReceiveMore()
    {
        if (_receivedLength == _received.Length) { Array.Resize(ref _received, _received.Length * 2); }

        var count = _connection!.Receive(_received.AsSpan(_receivedLength));
        if (count == 0) { throw new IOException("The server closed the connection in the middle of an answer."); }
        _receivedLength += count;
    }

    private int ReceiveWhole(int start, int length)
    {
        while (_receivedLength < start + length) { ReceiveMore(); }
        return length;
    }

    /// <summary>Moves the chunks together, over their size lines, and returns the length of the whole.</summary>
    private int ReceiveChunks(int start)
    {
        var (read, write) = (start, start);
        while (true)
        {
            int lineLength;
            while ((lineLength = Received[read..].IndexOf("\r\n"u8)) < 0) { ReceiveMore(); }
            if (!Utf8Parser.TryParse(Received.Slice(read, lineLength), out int size, out _, 'x')) { throw new IOException("Not a chunk size."); }
            read += lineLength + 2;

            while (_receivedLength < read + size + 2) { ReceiveMore(); }
            if (size == 0) { return write - start; }
            _received.AsSpan(read, size).CopyTo(_received.AsSpan(write));
            read += size + 2;
            write += size;
        }
    }

    private static bool IsChunked(ReadOnlySpan<byte> head) => Headers.Find(head, "Transfer-Encoding"u8).SequenceEqual("chunked"u8);

    private static int ContentLength(ReadOnlySpan<byte> head) =>
        Utf8Parser.TryParse(Headers.Find(head, "Content-Length"u8), out int length, out _) ? length : 0;

    private void KeepCookies(Response response)
    {
        foreach (var header in response.Headers)
        {
            if (!header.Is("Set-Cookie"u8)) { continue; }

            var cookie = Encoding.UTF8.GetString(header.Value);
            var pair = cookie.Split(';', 2)[0].Split('=', 2);
            var isTakenBack = pair[1].Length == 0;
            if (isTakenBack) { _cookies.Remove(pair[0]); } else { _cookies[pair[0]] = pair[1]; }
        }
    }
}
