namespace Cardea.BrowserTests;

/// <summary>Pictures for readers of the documentation and for reviewers, not a check: "./dev screenshots".</summary>
public sealed class Screenshots(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CARDEA_SCREENSHOTS");

    public static bool AreWanted => Folder is { Length: > 0 };

    public static TheoryData<string, string> EachPlace => [.. from place in Place.All from language in Cardea.Hosting.Languages.All select (place.Name, language)];

    /// <summary>sign-in.png, agreement.png, dashboard.png …; in other languages and on a phone, sign-in.es.320.png.</summary>
    [Theory(SkipUnless = nameof(AreWanted), Skip = "Only for CARDEA_SCREENSHOTS=FOLDER."), MemberData(nameof(EachPlace))]
    public async Task Of_every_page(string place, string language)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app, new() { Locale = language });
        await Place.Named(place).GoAsync(app, page);
        var name = place.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-') + (language == "en" ? "" : $".{language}");

        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}.png"), FullPage = true });
        await page.SetViewportSizeAsync(Screens.Phone.Width, Screens.Phone.Height);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}.320.png"), FullPage = true });
    }
}
