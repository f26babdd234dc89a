[assembly: AssemblyFixture(typeof(Chromium))]

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>The one browser of a test run: the machine's own Chromium, steered by the driver that Playwright's package brings. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "CARDEA_TEST_CHROMIUM";

    private static readonly string[] KnownPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not been started yet.");

    public async ValueTask InitializeAsync()
    {
        SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Quiet });
    }

    /// <summary>How long the slowest machine may take for what a person sees at once.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(30);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
        : KnownPlaces.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"Chromium is not installed: \"apt install chromium\", or name a browser of its kind in {Variable}.");
}
