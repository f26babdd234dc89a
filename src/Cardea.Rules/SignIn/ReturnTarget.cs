using System.Buffers;

namespace Cardea.Rules.SignIn;

/// <summary>The page first asked for, to which a sign-in leads back (S0-01), and never anywhere else (A-07, V3.7.2).</summary>
public static class ReturnTarget
{
    /// <summary>Characters; far beyond any address of ours, far below what a server or a log minds.</summary>
    private const int Longest = 2000;

    private const int PercentDecodings = 2;

    /// <summary>
    /// Our own addresses need no more than this. Above all no percent sign, backslash, at sign, semicolon or colon, so
    /// nothing in a path can mean one thing here and another to a browser or a proxy that decodes once more.
    /// </summary>
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    /// <summary>Those of RFC 3986 and what browsers leave unescaped. No fragment, no quotes, no angle brackets, nothing beyond ASCII.</summary>
    private static readonly SearchValues<char> QueryCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?!$&'()*+,;=:@%[]{}|^`");

    /// <summary>Returning here would go round in circles, sign the person out again, or open a door that has closed.</summary>
    private static readonly string[] NeverReturnedTo = ["sign-in", "sign-out", "set-up"];

    /// <summary><paramref name="candidate"/> itself when it is a local path, with or without a query; else null.</summary>
    public static string? Local(string? candidate)
    {
        if (candidate is null or { Length: > Longest })
        {
            return null;
        }

        var queryAt = candidate.IndexOf('?');
        var path = queryAt < 0 ? candidate : candidate[..queryAt];
        var query = queryAt < 0 ? "" : candidate[(queryAt + 1)..];

        return IsOwnPath(path) && IsHarmlessQuery(query) ? candidate : null;
    }

    private static bool IsOwnPath(string path)
    {
        if (!path.StartsWith('/') || path.AsSpan().ContainsAnyExcept(PathCharacters) || path.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        var segments = path[1..].Split('/');
        return !segments.Any(segment => segment is "." or "..") && !NeverReturnedTo.Contains(segments[0], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A query cannot choose the host; it may carry a whole other address. It must not carry a hidden line break .</summary>
    private static bool IsHarmlessQuery(string query)
    {
        if (query.AsSpan().ContainsAnyExcept(QueryCharacters))
        {
            return false;
        }

        var decoded = query;
        for (var round = 0; round < PercentDecodings; round++)
        {
            decoded = Uri.UnescapeDataString(decoded);
            if (decoded.Any(char.IsControl) || decoded.AsSpan().ContainsAny('\u2028', '\u2029'))
            {
                return false;
            }
        }

        return true;
    }
}
