using System.Net;
using System.Net.Sockets;

namespace Cardea.Hosting;

public static class ClientAddresses
{
    private const int Ipv6NetworkBytes = 8;

    extension(HttpContext context)
    {
        /// <summary>The peer's address; a forwarded one only when a known proxy says so (A-08, V15.3.4).</summary>
        public string ClientAddress => Plain(context.Connection.RemoteIpAddress).ToString();

        /// <summary>What tries are counted by: an IPv6 subscriber has a whole /64, so that is one source (S0-08).</summary>
        public string ClientNetwork
        {
            get
            {
                var address = Plain(context.Connection.RemoteIpAddress);
                if (address.AddressFamily is not AddressFamily.InterNetworkV6)
                {
                    return address.ToString();
                }

                var bytes = address.GetAddressBytes();
                bytes.AsSpan(Ipv6NetworkBytes).Clear();
                return $"{new IPAddress(bytes)}/64";
            }
        }
    }

    private static IPAddress Plain(IPAddress? address) => address switch
    {
        null => IPAddress.None,   // an in-memory server of a test has no peer
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        _ => address,
    };
}
