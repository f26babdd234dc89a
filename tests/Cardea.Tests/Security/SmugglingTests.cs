using System.Net.Sockets;
using System.Text;

namespace Cardea.Tests.Security;

/// <summary>Requests that two servers in a row could read as two different things, byte by byte to real Kestrel (.NET CVE-2025-55315).</summary>
[Scenario("A-24", "V4.2.1", "V4.2.2", "V4.2.3", "V4.2.4", "F-12", "A-08")]
public sealed class SmugglingTests(NetworkApp network) : IClassFixture<NetworkApp>
{
    private static readonly string[] Refusals = ["400", "405", "501", "505"];

    private const string Post = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    private const string Get = "GET /sign-in HTTP/1.1\r\nConnection: close\r\n";

    public static TheoryData<string, string> Ambiguous => new()
    {
        { "a length and chunks", Post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n" },
        { "two lengths", Post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd" },
        { "a negative length", Post + "Content-Length: -1\r\n\r\n" },
        { "a length with a sign", Post + "Content-Length: +4\r\n\r\nabcd" },
        { "an unknown coding", Post + "Transfer-Encoding: xchunked\r\n\r\n1\r\na\r\n0\r\n\r\n" },
        { "a line feed in a chunk extension", Post + "Transfer-Encoding: chunked\r\n\r\n1;x\n\r\na\r\n0\r\n\r\n" },
        { "a chunk size that is none", Post + "Transfer-Encoding: chunked\r\n\r\nzz\r\na\r\n0\r\n\r\n" },
        { "a space before the colon", Get + "Host: localhost\r\nX-Any : 1\r\n\r\n" },
        { "a folded line", Get + "Host: localhost\r\nX-Any: 1\r\n 2\r\n\r\n" },
        { "a zero byte in a value", Get + "Host: localhost\r\nX-Any: 1\0 2\r\n\r\n" },
        { "a carriage return in a value", Get + "Host: localhost\r\nX-Any: 1\r2\r\n\r\n" },
        { "two hosts", Get + "Host: localhost\r\nHost: evil.example\r\n\r\n" },
        { "no host", Get + "\r\n" },
        { "a host that is none", Get + "Host: localhost:443@evil.example\r\n\r\n" },
        { "a foreign host", Get + "Host: evil.example\r\n\r\n" },
        { "another host in the target", "GET http://evil.example/sign-in HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\n\r\n" },
        { "an unknown version", "GET /sign-in HTTP/9.9\r\nHost: localhost\r\n\r\n" },
        { "a target that is none", "GET ..\\sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n" },
    };

    [Theory, MemberData(nameof(Ambiguous))]
    public async Task What_can_be_read_in_two_ways_is_refused(string what, string request)
    {
        var answer = await SendAsync(request);

        Assert.True(Refusals.Any(refusal => answer.StartsWith($"HTTP/1.1 {refusal} ", StringComparison.Ordinal)), $"{what}: {answer}");
        Assert.Single(answer.Split("HTTP/1.1 "), part => part.Length > 0);   // and nothing of it was taken for a second request
    }

    [Fact]
    public async Task The_same_connection_answers_an_honest_request()
    {
        Assert.StartsWith("HTTP/1.1 200 OK", await SendAsync(Get + "Host: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    [Scenario("V13.4.3")]
    public async Task The_server_does_not_say_what_it_is()
    {
        var answer = await SendAsync(Get + "Host: localhost\r\n\r\n");

        Assert.DoesNotContain("\nServer:", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-Powered-By", answer, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>All that comes until the server closes the connection, which is the other half of a refusal.</summary>
    private async Task<string> SendAsync(string request)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", network.App.Address.Port, cancellation);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(cancellation);
    }
}
