namespace Cardea.BrowserTests;

/// <summary>
/// Every page in every state can be used by everybody (S2-42). All is checked in one go, since the way to a page takes longer than what is looked
/// at there; one class for each room, since classes run side by side.
/// </summary>
[Scenario(
    "S2-42",
    "W-1.4.1", "W-1.4.3", "W-1.4.11", "W-2.5.8", "W-3.1.1", "W-3.3.1", "W-3.3.3", "W-4.1.2", "W-4.1.3",   // axe
    "W-1.4.4", "W-1.4.10", "W-1.4.12",                                                                   // small screens, large text
    "W-2.1.1", "W-2.4.3", "W-2.4.7", "W-2.4.11",                                                         // the keyboard
    "W-3.2.6")]                                                                                          // help, always at the same place
public abstract class EveryPageTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    protected async Task ShouldBeForEverybodyAsync(string place, string language, Database database)
    {
        var app = await apps.OnAsync(database);
        var page = await OpenBrowserAsync(app, new() { Locale = language });
        await Place.Named(place).GoAsync(app, page);
        await page.WaitUntilDrawnAsync();

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Assert.MultipleAsync(
            page.ShouldBeAccessibleAsync,
            page.ShouldFitAsync,
            page.ShouldOfferHelpAtTheUsualPlaceAsync,
            page.ShouldShowFocusEverywhereAsync);
        await page.SetViewportSizeAsync(Screens.Phone.Width, Screens.Phone.Height);
        await page.ShouldShowFocusEverywhereAsync();
    }
}

public sealed class EveryPageAtTheEntranceTests(Chromium chromium, NetworkApps apps) : EveryPageTests(chromium, apps)
{
    [Theory, EachPlace(Room.Entrance)]
    public Task It_speaks_to_every_sense_fits_every_screen_and_needs_no_mouse(string place, string language, Database database) =>
        ShouldBeForEverybodyAsync(place, language, database);
}

public sealed class EveryPageOfRecoveryTests(Chromium chromium, NetworkApps apps) : EveryPageTests(chromium, apps)
{
    [Theory, EachPlace(Room.Recovery)]
    public Task It_speaks_to_every_sense_fits_every_screen_and_needs_no_mouse(string place, string language, Database database) =>
        ShouldBeForEverybodyAsync(place, language, database);
}

public sealed class EveryPageOfTheStepsTests(Chromium chromium, NetworkApps apps) : EveryPageTests(chromium, apps)
{
    [Theory, EachPlace(Room.Steps)]
    public Task It_speaks_to_every_sense_fits_every_screen_and_needs_no_mouse(string place, string language, Database database) =>
        ShouldBeForEverybodyAsync(place, language, database);
}

public sealed class EveryPageInsideTests(Chromium chromium, NetworkApps apps) : EveryPageTests(chromium, apps)
{
    [Theory, EachPlace(Room.Inside)]
    public Task It_speaks_to_every_sense_fits_every_screen_and_needs_no_mouse(string place, string language, Database database) =>
        ShouldBeForEverybodyAsync(place, language, database);
}

public sealed class EveryPageOfTheConsoleTests(Chromium chromium, NetworkApps apps) : EveryPageTests(chromium, apps)
{
    [Theory, EachPlace(Room.Console)]
    public Task It_speaks_to_every_sense_fits_every_screen_and_needs_no_mouse(string place, string language, Database database) =>
        ShouldBeForEverybodyAsync(place, language, database);
}
