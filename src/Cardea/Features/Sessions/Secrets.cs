using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cardea.Features.Sessions;

/// <summary>Random values that a browser or a link carries, and of which the database keeps only the hash (ASVS V7.2.3, V11.5.1).</summary>
public static class Secrets
{
    private const int Bytes = 32;

    /// <summary>Length of a secret as text: 32 bytes in base64url.</summary>
    public const int TextLength = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What follows a secret: whoever has that one, and the key, finds it again.</summary>
    public static string Successor(string secret, byte[] key) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(secret)));

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(Bytes);

    /// <summary>SHA-256: 256 random bits need no slow hash.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    /// <summary>Cheap refusal of what we cannot have made.</summary>
    public static bool HasShape(string? candidate) => candidate is { Length: TextLength } && Base64Url.IsValid(candidate);
}
