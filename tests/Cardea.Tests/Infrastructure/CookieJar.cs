using Microsoft.Net.Http.Headers;

namespace Cardea.Tests.Infrastructure;

/// <summary>Keeps cookies as browsers do: the rules of the <c>__Host-</c> prefix, Secure, expiry. What breaks a rule is not kept.</summary>
public sealed class CookieJar(TimeProvider clock)
{
    private const string HostPrefix = "__Host-";

    private readonly Dictionary<string, (SetCookieHeaderValue Cookie, DateTimeOffset? Until)> _kept = [];

    public IEnumerable<string> Names => Live(isHttps: true).Select(cookie => cookie.Name.ToString());

    /// <summary>The value of a cookie, by its name without the prefix; null when the jar has none.</summary>
    public string? this[string name] =>
        Live(isHttps: true).FirstOrDefault(cookie => cookie.Name == name || cookie.Name == HostPrefix + name)?.Value.ToString();

    public void Keep(IEnumerable<string> setCookies, bool isHttps)
    {
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. setCookies]))
        {
            var name = cookie.Name.ToString();
            if (name.StartsWith(HostPrefix, StringComparison.Ordinal) && !(isHttps && cookie.Secure && cookie.Path == "/" && cookie.Domain.Length == 0))
            {
                continue;
            }

            var until = cookie.MaxAge is { } age ? clock.GetUtcNow() + age : cookie.Expires;
            _kept[name] = (cookie, until);
        }
    }

    /// <summary>The Cookie header of a request; null when there is nothing to send.</summary>
    public string? HeaderFor(bool isHttps) =>
        string.Join("; ", Live(isHttps).Select(cookie => $"{cookie.Name}={cookie.Value}")) is { Length: > 0 } header ? header : null;

    public void Put(string name, string value) => _kept[name] = (new SetCookieHeaderValue(name, value) { Path = "/" }, null);

    public void Clear() => _kept.Clear();

    /// <summary>What closing all windows does: only cookies with a lifetime stay.</summary>
    public void CloseBrowser()
    {
        foreach (var name in _kept.Where(entry => entry.Value.Until is null).Select(entry => entry.Key).ToList())
        {
            _kept.Remove(name);
        }
    }

    public CookieJar Copy()
    {
        var copy = new CookieJar(clock);
        foreach (var (name, kept) in _kept)
        {
            copy._kept[name] = kept;
        }

        return copy;
    }

    private IEnumerable<SetCookieHeaderValue> Live(bool isHttps) =>
        _kept.Values.Where(kept => (kept.Until is null || kept.Until > clock.GetUtcNow()) && (isHttps || !kept.Cookie.Secure)).Select(kept => kept.Cookie);
}
