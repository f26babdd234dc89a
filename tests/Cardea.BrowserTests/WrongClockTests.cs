namespace Cardea.BrowserTests;

/// <summary>The server's clock alone decides (S0-19).</summary>
[Scenario("S0-19")]
public sealed class WrongClockTests(Chromium chromium, NetworkApps apps) : Infrastructure.BrowserTests(chromium)
{
    [Theory]
    [InlineData("2001-01-01T00:00:00Z", "Pacific/Kiritimati")]
    [InlineData("2071-01-01T00:00:00Z", "Pacific/Niue")]
    public async Task A_computer_in_another_year_and_time_zone_shows_the_same_and_lasts_as_long(string now, string timeZone)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();
        var right = await OpenBrowserAsync(app);
        await right.SignInAsync(amina);
        await Expect(right.Heading("My Dashboard")).ToBeVisibleAsync();
        await right.Button("Sign out, next person").ClickAsync();
        await right.SignInAsync(amina);
        await Expect(right.Heading("My Dashboard")).ToBeVisibleAsync();

        var wrong = await OpenBrowserAsync(app, new() { TimezoneId = timeZone });
        await wrong.Clock.InstallAsync(new() { Time = now });
        await wrong.SignInAsync(amina);

        await Expect(wrong.Heading("My Dashboard")).ToBeVisibleAsync();
        Assert.Equal(await right.Locator("main .facts").First.InnerTextAsync(), await wrong.Locator("main .facts").First.InnerTextAsync());
        await wrong.Clock.FastForwardAsync("27:30");
        await Expect(wrong.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await wrong.Clock.FastForwardAsync("00:30");
        await Expect(wrong.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }
}
