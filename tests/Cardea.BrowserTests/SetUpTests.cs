using Cardea.Features.SetUp;

namespace Cardea.BrowserTests;

/// <summary>The first operator of an empty registry.</summary>
[Scenario("S2-42", "V6.3.2", "W-2.1.1")]
public sealed class SetUpTests(Chromium chromium) : Infrastructure.BrowserTests(chromium)
{
    /// <summary>In the order of the page. In a list, typing finds the line that begins with it.</summary>
    private static readonly (string Label, string Text)[] Entries =
    [
        ("Registry Name", "Prairie Immunization Registry"),
        ("Public Address", "https://signin.prairie.example"),
        ("Help Desk Name", "Prairie Help Desk"),
        ("Help Desk Email", "help@prairie.example"),
        ("Help Desk Phone", "+1 555 010 0199"),
        ("Organization Code", "STATE-01"),
        ("Organization Name", "State Health Department"),
        ("Time Zone", "Central"),
        ("Given Name", TestPerson.GivenName),
        ("Family Name", TestPerson.FamilyName),
        ("Work Email Address", "amina@state.example"),
        ("Username", "amina.diallo"),
        ("New Password", TestPeople.OwnPassword),
        ("Confirm New Password", TestPeople.OwnPassword),
    ];

    [Fact]
    public async Task A_registry_is_set_up_by_keyboard_alone_on_pages_for_everybody()
    {
        await using var app = await CardeaApp.StartOnNetworkAsync(Database.Sqlite);
        var link = await app.RunAsync((SetUpDoor door) => door.OpenAsync(CancellationToken.None));
        var page = await OpenBrowserAsync(app);
        await page.GotoAsync($"/set-up?token={link}");
        await ShouldServeEverybodyAsync(page);

        await page.PressAsync("Set Up");
        await Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        await ShouldServeEverybodyAsync(page);

        await page.ReloadAsync();
        foreach (var (label, text) in Entries)
        {
            await page.TypeIntoAsync(label, text);
        }

        await page.Keyboard.PressAsync("Enter");
        await page.ShouldBeAtAsync("/set-up/done");
        await ShouldServeEverybodyAsync(page);
        await page.TabToAsync(page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }));
        await page.Keyboard.PressAsync("Enter");
        await page.ShouldBeAtAsync("/sign-in");
    }

    private static async Task ShouldServeEverybodyAsync(IPage page)
    {
        await page.ShouldBeAccessibleAsync();
        await page.ShouldFitAsync();
        await page.ShouldShowFocusEverywhereAsync();
    }
}
