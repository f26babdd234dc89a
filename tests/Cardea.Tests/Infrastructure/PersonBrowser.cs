using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Cardea.Tests.Infrastructure;

/// <summary>
/// A person at a browser without script: opens pages, fills fields by their visible label, presses buttons by their visible text, keeps
/// cookies, follows redirects. Forms go out with their hidden fields, so every test also tests those.
/// </summary>
public sealed partial class PersonBrowser : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient _client;
    private readonly Uri _base;
    private HttpResponseMessage? _response;
    private Uri _page;

    public PersonBrowser(CardeaApp app, IPAddress client, Uri address)
    {
        _client = new(app.CreateHandler(client));
        _base = address;
        _page = _base;
        Cookies = new(app.Clock);
    }

    public CookieJar Cookies { get; private init; }

    public string AcceptLanguage { get; set; } = "en";

    public string UserAgent { get; set; } = "Mozilla/5.0 (test)";

    /// <summary>Off: the answer to look at is the redirect itself.</summary>
    public bool FollowsRedirects { get; set; } = true;

    public HttpResponseMessage Response => _response ?? throw new InvalidOperationException("No page was opened yet.");

    public HttpStatusCode Status => Response.StatusCode;

    /// <summary>Path and query of the page that is shown.</summary>
    public string Url => _page.PathAndQuery;

    public string Html { get; private set; } = "";

    public IHtmlDocument Document { get; private set; } = new HtmlParser().ParseDocument("");

    /// <summary>All Set-Cookie headers since the last click, those of redirects on the way included.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>The addresses since the last click, first to last.</summary>
    public IReadOnlyList<string> Way { get; private set; } = [];

    public string? Heading => Document.QuerySelector("h1")?.TextContent is { } text ? Tidy(text) : null;

    /// <summary>What the page says, one space between words.</summary>
    public string Text => Tidy(Document.Body?.TextContent ?? "");

    /// <summary>What the page complains about; null when it does not.</summary>
    public string? Alert => Document.QuerySelectorAll("[role=alert]").FirstOrDefault(IsVisible)?.TextContent is { } text ? Tidy(text) : null;

    /// <summary>A header of the answer; null when it is not there.</summary>
    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public Task OpenAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_base, path)));

    public Task RefreshAsync() => SendAsync(new HttpRequestMessage(HttpMethod.Get, _page));

    public void Fill(string label, string text)
    {
        switch (Field(label))
        {
            case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                box.IsChecked = text.Length > 0;
                break;
            case IHtmlInputElement input:
                input.Value = text;
                break;
            case IHtmlTextAreaElement area:
                area.Value = text;
                break;
            case IHtmlSelectElement list:
                list.Value = list.Options.Single(option => Tidy(option.TextContent) == text).Value;
                break;
        }
    }

    /// <summary>The control that a visible label stands for.</summary>
    public IHtmlElement Field(string label)
    {
        var found = Document.QuerySelectorAll<IHtmlLabelElement>("label").FirstOrDefault(candidate => Tidy(candidate.TextContent) == label);
        return found?.Control as IHtmlElement
            ?? throw new InvalidOperationException(
                $"No field is labelled \"{label}\" on {Url}, only: {string.Join(", ", Document.QuerySelectorAll("label").Select(l => Tidy(l.TextContent)))}");
    }

    public Task ClickAsync(string button) => SubmitAsync(FormOf(button));

    /// <param name="link">All its words, or those of its title.</param>
    public Task FollowAsync(string link) => OpenAsync(Document.QuerySelectorAll<IHtmlAnchorElement>("a")
        .First(anchor => Tidy(anchor.TextContent) == link || Tidy(anchor.QuerySelector(".tile__title")?.TextContent ?? "") == link).GetAttribute("href")!);

    /// <summary>What pressing the button would send, to be changed, kept, or sent twice.</summary>
    public PageForm FormOf(string button)
    {
        var pressed = Document.QuerySelectorAll<IHtmlElement>("main button, main input[type=submit], button, input[type=submit]")
            .Where(IsVisible)
            .OrderByDescending(candidate => candidate.Closest("main") is not null)
            .FirstOrDefault(candidate => Tidy(candidate is IHtmlInputElement input ? input.Value : candidate.TextContent) == button)
            ?? throw new InvalidOperationException(
                $"No button says \"{button}\" on {Url} ({(int)Status}), only: {string.Join(", ", Document.QuerySelectorAll("button").Select(b => Tidy(b.TextContent)))}");
        var form = pressed switch
        {
            IHtmlButtonElement element => element.Form,
            IHtmlInputElement element => element.Form,
            _ => null,
        };
        return PageForm.Of(form ?? throw new InvalidOperationException($"\"{button}\" sends no form."), pressed, _page);
    }

    public Task SubmitAsync(PageForm form)
    {
        var request = form.ToRequest();
        if (form.Method != HttpMethod.Get)
        {
            // As browsers do.
            request.Headers.Add("Origin", _base.GetLeftPart(UriPartial.Authority));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        }

        return SendAsync(request);
    }

    /// <summary>Any request at all, with the cookies of this browser unless it brings its own.</summary>
    public async Task SendAsync(HttpRequestMessage request)
    {
        var setCookies = new List<string>();
        var way = new List<string>();
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var target = request.RequestUri!.IsAbsoluteUri ? request.RequestUri : new Uri(_base, request.RequestUri);
            request.RequestUri = target;
            AddUsualHeaders(request);
            way.Add(target.PathAndQuery);

            var response = await _client.SendAsync(request);
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
            {
                setCookies.AddRange(cookies);
                Cookies.Keep(cookies, target.Scheme == Uri.UriSchemeHttps);
            }

            if (FollowsRedirects && response.Headers.Location is { } next && (int)response.StatusCode is >= 300 and < 400)
            {
                request = new(HttpMethod.Get, new Uri(target, next));
                continue;
            }

            _response?.Dispose();
            (_response, _page, SetCookies, Way) = (response, target, setCookies, way);
            Html = await response.Content.ReadAsStringAsync();
            Document = new HtmlParser().ParseDocument(Html);
            return;
        }

        throw new InvalidOperationException($"Redirected in circles: {string.Join(" → ", way)}");
    }

    /// <summary>Another window with a copy of the cookies: what a thief has, or a second tab.</summary>
    public PersonBrowser Copy(CardeaApp app, string clientAddress = "203.0.113.7") =>
        new(app, IPAddress.Parse(clientAddress), app.OnNetwork ? app.Address : _base) { Cookies = Cookies.Copy() };

    public void Dispose()
    {
        _response?.Dispose();
        _client.Dispose();
    }

    private static bool IsVisible(IElement element) =>
        element.Closest("[hidden], [aria-hidden=true], dialog:not([open])") is null;

    private static string Tidy(string text) => Space().Replace(text, " ").Trim();

    private void AddUsualHeaders(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept-Language", AcceptLanguage);
        if (!request.Headers.Contains("Cookie") && Cookies.HeaderFor(request.RequestUri!.Scheme == Uri.UriSchemeHttps) is { } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
