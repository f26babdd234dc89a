namespace Cardea.BrowserTests;

/// <summary>Every page in every state can be used by everybody (S2-42).</summary>
[Scenario("S2-42")]
public sealed class EveryPageTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    [Theory, EachPlace]
    [Scenario("W-1.4.1", "W-1.4.3", "W-1.4.11", "W-2.5.8", "W-3.1.1", "W-3.3.1", "W-3.3.3", "W-4.1.2", "W-4.1.3")]
    public async Task Axe_finds_nothing(string place, string language, Database database)
    {
        var page = await GoAsync(place, language, database);

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await page.ShouldBeAccessibleAsync();
    }

    [Theory, EachPlace]
    [Scenario("W-1.4.4", "W-1.4.10", "W-1.4.12")]
    public async Task It_fits_a_small_screen_and_large_text(string place, string language, Database database)
    {
        var page = await GoAsync(place, language, database);

        await page.ShouldFitAsync();
    }

    [Theory, EachPlace]
    [Scenario("W-2.1.1", "W-2.4.3", "W-2.4.7", "W-2.4.11")]
    public async Task The_keyboard_reaches_everything_and_shows_where_it_is(string place, string language, Database database)
    {
        var page = await GoAsync(place, language, database);

        await page.ShouldShowFocusEverywhereAsync();
        await page.SetViewportSizeAsync(Screens.Phone.Width, Screens.Phone.Height);
        await page.ShouldShowFocusEverywhereAsync();
    }

    private async Task<IPage> GoAsync(string place, string language, Database database)
    {
        var app = await apps.OnAsync(database);
        var page = await OpenBrowserAsync(app, new() { Locale = language });
        await Place.Named(place).GoAsync(app, page);
        return page;
    }
}
