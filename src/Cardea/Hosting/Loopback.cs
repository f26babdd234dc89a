using System.Net;

namespace Cardea.Hosting;

public static class Loopback
{
    /// <summary>Whether a host name or address means this machine: only then may traffic be in the clear (ASVS V12).</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
