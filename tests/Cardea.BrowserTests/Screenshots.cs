namespace Cardea.BrowserTests;

/// <summary>Pictures for readers of the documentation and for reviewers, not a check: made only when asked for by "./dev screenshots".</summary>
public sealed class Screenshots(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    private static string Folder =>
        Environment.GetEnvironmentVariable("CARDEA_SCREENSHOTS") is { Length: > 0 } folder
            ? folder
            : throw new InvalidOperationException("CARDEA_SCREENSHOTS names the folder for the pictures.");

    public static TheoryData<string, string> EachPlace => [.. from place in Place.All from language in Cardea.Hosting.Languages.All select (place.Name, language)];

    /// <summary>sign-in.png, agreement.png, dashboard.png …; in other languages and on a phone, sign-in.es.320.png.</summary>
    [Theory(Explicit = true), MemberData(nameof(EachPlace))]
    public async Task Of_every_page(string place, string language)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var page = await OpenBrowserAsync(app, new() { Locale = language });
        await Place.Named(place).GoAsync(app, page);
        await page.WaitUntilDrawnAsync();
        var name = place.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-') + (language == "en" ? "" : $".{language}");

        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), FullPage = true });
        await page.SetViewportSizeAsync(Screens.Phone.Width, Screens.Phone.Height);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.320.png"), FullPage = true });
    }
}
