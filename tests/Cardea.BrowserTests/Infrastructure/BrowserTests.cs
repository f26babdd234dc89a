using System.Collections.Concurrent;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>
/// Tests that open pages. Whatever they are about, each page that was shown must also have kept the content security policy, run its script
/// without an error, asked no other origin for anything and left web storage empty.
/// </summary>
public abstract class BrowserTests(Chromium chromium) : IAsyncLifetime
{
    private const string WebStorage =
        """
        async () => [
          ...Object.keys(localStorage), ...Object.keys(sessionStorage),
          ...(await indexedDB.databases()).map(database => database.name), ...await caches.keys()]
        """;

    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _offences = [];

    /// <summary>A person's own browser, with nothing in it yet, and its first window.</summary>
    protected async Task<IPage> OpenBrowserAsync(CardeaApp app, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL ??= app.Address.ToString();
        options.Locale ??= "en-US";
        options.ViewportSize ??= Screens.Desktop;
        var context = await chromium.Browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Chromium.Patience.TotalMilliseconds);
        context.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _offences.Enqueue($"{message.Page?.Url}: {message.Text}");
            }
        };
        context.WebError += (_, error) => _offences.Enqueue($"{error.Page?.Url}: {error.Error}");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(options.BaseURL, StringComparison.Ordinal))
            {
                _offences.Enqueue($"Asked another origin: {request.Url}");
            }
        };
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var page in _contexts.SelectMany(context => context.Pages))
        {
            if (TestContext.Current.TestState?.Result is TestResult.Failed)
            {
                await KeepPictureAsync(page);
            }
            else
            {
                Assert.Empty(await page.EvaluateAsync<string[]>(WebStorage));
            }
        }

        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        Assert.Empty(_offences);
    }

    private static async Task KeepPictureAsync(IPage page)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "failed", $"{TestContext.Current.Test?.UniqueID}.png");
        await page.ScreenshotAsync(new() { Path = file });
        TestContext.Current.AddWarning($"{page.Url} is shown in {file}");
    }
}
