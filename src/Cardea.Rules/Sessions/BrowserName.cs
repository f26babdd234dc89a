namespace Cardea.Rules.Sessions;

/// <summary>A browser by the names that people know: "Firefox, Windows". Good for recognizing one's own, and for nothing that must be true.</summary>
public static class BrowserName
{
    /// <summary>The first that is found: later ones stand in the texts of earlier ones, too.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <param name="userAgent">As the browser sent it.</param>
    /// <returns>The text itself where nothing in it is known.</returns>
    public static string Of(string userAgent)
    {
        string?[] known = [Find(Browsers), Find(Systems)];
        return known.OfType<string>().ToList() is { Count: > 0 } names ? string.Join(", ", names) : userAgent;

        string? Find((string Mark, string Name)[] among) =>
            among.Where(one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Select(one => one.Name).FirstOrDefault();
    }
}
