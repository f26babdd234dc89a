using System.Text;
using System.Text.RegularExpressions;

namespace Cardea.Bench;

/// <summary>What a browser that has never been here downloads for the sign-in page.</summary>
/// <param name="Files">Bytes on the wire by address, headers included.</param>
internal sealed partial record FirstVisit(int Bytes, int ScriptBytes, IReadOnlyDictionary<string, int> Files)
{
    /// <summary>
    /// Follows every reference from the page, and from its styles and scripts onwards. The sum is an upper bound: a browser does not
    /// fetch the fonts and pictures of styles that nothing on the page uses.
    /// </summary>
    public static FirstVisit Measure(ServerProcess server)
    {
        using var browser = new Browser(server.Address);
        var root = new Uri($"http://{server.Address}/");
        var files = new Dictionary<string, int>();
        var scripts = 0;
        var toFetch = new Queue<Uri>([new Uri(root, "/sign-in")]);
        while (toFetch.TryDequeue(out var address))
        {
            if (files.ContainsKey(address.AbsolutePath)) { continue; }

            var response = browser.Get(address.PathAndQuery);
            if (response.Status != 200) { throw new MeasurementFailed($"{address.AbsolutePath} is referred to but answers {response.Status}."); }

            files[address.AbsolutePath] = response.WireBytes;
            var type = Encoding.UTF8.GetString(response.Header("Content-Type"u8)).Split(';')[0];
            if (type is "text/javascript") { scripts += response.WireBytes; }

            foreach (var reference in References(type, response.Content))
            {
                var target = new Uri(address, reference);
                if (target.Authority == root.Authority) { toFetch.Enqueue(target); }
            }
        }

        return new(files.Values.Sum(), scripts, files);
    }

    private static IEnumerable<string> References(string type, ReadOnlySpan<byte> content)
    {
        var pattern = type switch
        {
            "text/html" => InHtml(),
            "text/css" => InCss(),
            "text/javascript" => InScript(),
            _ => null,
        };
        return pattern is null ? [] : [.. pattern.Matches(Encoding.UTF8.GetString(content)).Select(match => match.Groups["address"].Value)];
    }

    [GeneratedRegex("""
        <(?:link(?=[^>]*\srel="[^"]*(?:stylesheet|icon|preload|manifest)[^"]*")|script|img|source|use)
        \s[^>]*?(?:href|src)="(?<address>[^"\#]+)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex InHtml();

    [GeneratedRegex("""(?:url\(\s*|@import\s+)["']?(?!data:)(?<address>[^"'()#\s]+)""")]
    private static partial Regex InCss();

    [GeneratedRegex("""(?:\bfrom|\bimport)\s*\(?\s*["'](?<address>\.{0,2}/[^"']+)["']""")]
    private static partial Regex InScript();
}
