namespace Cardea.BrowserTests;

/// <summary>Before a session ends for lack of activity (W-2.2.1). The page's time and the server's move together.</summary>
[Scenario("W-2.2.1")]
public sealed class IdleWarningTests(Chromium chromium) : Infrastructure.BrowserTests(chromium)
{
    private static readonly TimeSpan UntilWarning = TimeSpan.FromMinutes(28);
    private static readonly TimeSpan WarnedFor = TimeSpan.FromMinutes(2);

    /// <summary>Of the page's clock; the server never asks for it.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    private CardeaApp _app = null!;
    private IPage _page = null!;

    public override async ValueTask InitializeAsync()
    {
        _app = await NetworkApps.StartAsync(Database.Sqlite);
        _page = await OpenBrowserAsync(_app);
        await _page.Clock.InstallAsync(new() { TimeDate = Start.UtcDateTime });
        await _page.Clock.PauseAtAsync(Start.UtcDateTime.AddSeconds(1));   // else a slow machine shows a second less
        await _page.SignInAsync(await _app.AddPersonAsync());
        await Expect(_page.Heading("My Dashboard")).ToBeVisibleAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        await _app.DisposeAsync();
    }

    private ILocator Warning => _page.GetByRole(AriaRole.Dialog, new() { Name = "Are you still there?" });

    [Fact]
    public async Task Two_minutes_before_the_end_one_is_asked_and_can_stay_ten_times_and_more()
    {
        for (var time = 0; time < 11; time++)
        {
            await PassAsync(UntilWarning - TimeSpan.FromSeconds(5));
            await Expect(Warning).ToBeHiddenAsync();
            await PassAsync(TimeSpan.FromSeconds(5));
            await Expect(Warning).ToBeVisibleAsync();
            await Expect(_page.Button("Stay signed in")).ToBeFocusedAsync();

            await _page.Keyboard.PressAsync("Enter");
            await Expect(Warning).ToBeHiddenAsync();
        }

        await _page.ReloadAsync();
        await Expect(_page.Heading("My Dashboard")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_does_not_answer_is_signed_out_and_told_so()
    {
        await PassAsync(UntilWarning);
        await Expect(Warning).ToContainTextAsync("Time left: 2 minutes");

        await PassAsync(WarnedFor);

        await _page.ShouldBeAtAsync("/sign-in");
        await _page.ShouldSayAsync("You were signed out because the session had ended.");
        await Expect(_page.Locator("body")).Not.ToContainTextAsync(TestPerson.DisplayName);
    }

    [Fact]
    public async Task Escape_stays_signed_in()
    {
        await PassAsync(UntilWarning);
        await Expect(Warning).ToBeVisibleAsync();

        await _page.Keyboard.PressAsync("Escape");

        await Expect(Warning).ToBeHiddenAsync();
        await PassAsync(WarnedFor);
        await Expect(_page.Heading("My Dashboard")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_done_in_another_tab_counts()
    {
        await PassAsync(UntilWarning - WarnedFor);
        var otherTab = await _page.Context.NewPageAsync();
        await otherTab.GotoAsync("/account");

        await PassAsync(2 * WarnedFor);

        await Expect(_page.Heading("My Dashboard")).ToBeVisibleAsync();
        await Expect(Warning).ToBeHiddenAsync();
    }

    /// <summary>Only our own tabs are listened to, and only they can speak there.</summary>
    [Fact]
    [Scenario("V3.5.5")]
    public async Task What_another_window_says_counts_for_nothing()
    {
        await PassAsync(UntilWarning);
        await Expect(Warning).ToBeVisibleAsync();

        await _page.EvaluateAsync(
            """
            () => new Promise(heard => {
              addEventListener("message", heard, { once: true });
              postMessage(1800, "*");
            })
            """);

        await Expect(Warning).ToBeVisibleAsync();
        await PassAsync(WarnedFor);
        await _page.ShouldBeAtAsync("/sign-in");
    }

    [Fact]
    public async Task Without_a_connection_one_is_told_and_can_try_again()
    {
        await PassAsync(UntilWarning);
        await _page.RouteAsync("**/session/stay", route => route.AbortAsync());
        await _page.Button("Stay signed in").ClickAsync();
        await Expect(Warning.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The server could not be reached. Check your connection and try again.");

        await _page.UnrouteAsync("**/session/stay");
        await _page.Button("Stay signed in").ClickAsync();

        await Expect(Warning).ToBeHiddenAsync();
    }

    private async Task PassAsync(TimeSpan time)
    {
        _app.Clock.Advance(time);
        await _page.Clock.FastForwardAsync((long)time.TotalMilliseconds);
    }
}
