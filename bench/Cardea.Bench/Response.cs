using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Cardea.Bench;

/// <summary>An answer, seen in place in its browser's buffer: gone with that browser's next request.</summary>
internal readonly ref struct Response(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, int wireBytes)
{
    private readonly ReadOnlySpan<byte> _head = head;
    private readonly ReadOnlySpan<byte> _body = body;

    /// <summary>Everything that came over the wire for this answer, headers included, as compressed as it came.</summary>
    public int WireBytes { get; } = wireBytes;

    public int Status => Utf8Parser.TryParse(_head["HTTP/1.1 ".Length..], out int status, out _) ? status : 0;

    public Headers Headers => new(_head);

    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name) => Headers.Find(_head, name);

    public string? Location => Header("Location"u8) is { IsEmpty: false } location ? Encoding.UTF8.GetString(location) : null;

    public TimeSpan RetryAfter =>
        TimeSpan.FromSeconds(Utf8Parser.TryParse(Header("Retry-After"u8), out int seconds, out _) ? seconds : 1);

    /// <summary>The body as the server meant it. Only a compressed one is copied.</summary>
    public ReadOnlySpan<byte> Content => Encoding.UTF8.GetString(Header("Content-Encoding"u8)) switch
    {
        "" => _body,
        "br" => Unpacked(new BrotliStream(Packed(), CompressionMode.Decompress)),
        "gzip" => Unpacked(new GZipStream(Packed(), CompressionMode.Decompress)),
        var other => throw new IOException($"Nobody asked for the content encoding {other}."),
    };

    private MemoryStream Packed() => new(_body.ToArray());

    private static ReadOnlySpan<byte> Unpacked(Stream packed)
    {
        using var content = new MemoryStream();
        using (packed) { packed.CopyTo(content); }
        return content.GetBuffer().AsSpan(0, (int)content.Length);
    }
}

/// <summary>The header lines of an answer, one after another.</summary>
internal ref struct Headers(ReadOnlySpan<byte> head)
{
    private ReadOnlySpan<byte> _rest = head;

    public Header Current { get; private set; }

    public readonly Headers GetEnumerator() => this;

    public bool MoveNext()
    {
        // The line before is the status line, or the header that was looked at last.
        var lineEnd = _rest.IndexOf("\r\n"u8);
        if (lineEnd < 0) { return false; }

        _rest = _rest[(lineEnd + 2)..];
        var next = _rest.IndexOf("\r\n"u8);
        Current = new(next < 0 ? _rest : _rest[..next]);
        return true;
    }

    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        foreach (var header in new Headers(head))
        {
            if (header.Is(name)) { return header.Value; }
        }

        return [];
    }
}

/// <summary>One header line.</summary>
internal readonly ref struct Header(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    public ReadOnlySpan<byte> Value => _line[(_line.IndexOf((byte)':') + 1)..].Trim((byte)' ');

    public bool Is(ReadOnlySpan<byte> name) =>
        _line.Length > name.Length && _line[name.Length] == (byte)':' && Ascii.EqualsIgnoreCase(_line[..name.Length], name);
}
