using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Cardea.BrowserTests.Demo;

/// <summary>What the demo promises to people and programs that drive it.</summary>
public sealed class DemoTests(DemoTests.Running running) : IClassFixture<DemoTests.Running>
{
    private static readonly string[] PromisedKinds =
        ["new", "returning", "view-only", "administrator", "new-administrator", "help-desk", "operator", "school", "pharmacy", "patient"];

    private readonly DemoProcess _demo = running.Demo;

    [Fact]
    public void Demo_json_names_people_of_every_promised_kind()
    {
        Assert.Superset(PromisedKinds.ToHashSet(), _demo.People.Select(person => person.Kind).ToHashSet());
        Assert.All(_demo.People.SelectMany(person => new[] { person.OrganizationCode, person.Username, person.Email, person.Password }), Assert.NotEmpty);
        Assert.Distinct(_demo.People.Select(person => person.Password));
    }

    [Theory]
    [InlineData("/sign-in", "text/html")]
    [InlineData("/css/cardea.css", "text/css")]
    [InlineData("/js/cardea.js", "text/javascript")]
    [InlineData("/demo/mailbox", "text/html")]
    [InlineData("/demo/mailbox.json", "application/json")]
    [InlineData("/demo/mails", "text/html")]
    [InlineData("/demo/mails/en/reset-link", "text/html")]
    [InlineData("/demo/phone", "text/html")]
    [InlineData("/demo/phone.json", "application/json")]
    public async Task It_serves_the_product_its_mailbox_and_its_phone_to_everybody(string path, string mediaType)
    {
        using var http = new HttpClient { BaseAddress = _demo.Url };

        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task The_mailbox_shows_what_lies_in_the_pickup_folder_newest_first()
    {
        var mails = Directory.CreateDirectory(Path.Combine(_demo.Folder, "mail")).FullName;
        await WriteAsync(mails, "20260302T140000.000Z-older", "Older");
        await WriteAsync(mails, "20260302T140100.000Z-newer", "Newer");
        using var http = new HttpClient { BaseAddress = _demo.Url };

        var messages = await http.GetFromJsonAsync<JsonArray>("/demo/mailbox.json", TestContext.Current.CancellationToken);
        var written = messages!.Where(message => message!["subject"]!.GetValue<string>() is "Newer" or "Older").ToList();   // the product has sent some, too
        using var alone = await http.GetAsync($"/demo/mailbox/{written[0]!["id"]}", TestContext.Current.CancellationToken);

        Assert.Equal(["Newer", "Older"], written.Select(message => message!["subject"]!.GetValue<string>()));
        Assert.Equal(
            ("amina@clinic.example", "email", "Some text", "<p>Some text</p>"),
            (Text("to"), Text("channel"), Text("text").Trim(), Text("html").Trim()));
        Assert.Equal(new(2026, 3, 2, 14, 1, 0, TimeSpan.Zero), written[0]!["at"]!.GetValue<DateTimeOffset>());
        Assert.Contains("sandbox", Assert.Single(alone.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        string Text(string name) => written[0]![name]!.GetValue<string>();
    }

    [Fact]
    public async Task The_mailbox_shows_texts_among_the_mails()
    {
        var texts = Directory.CreateDirectory(Path.Combine(_demo.Folder, "texts")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(texts, "20260302T140030.000Z-sign-in-code-text-0.txt"), "To: +16125550123\n\nYour code is 012345.\n", TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = _demo.Url };

        var messages = await http.GetFromJsonAsync<JsonArray>("/demo/mailbox.json", TestContext.Current.CancellationToken);
        var page = await http.GetStringAsync("/demo/mailbox", TestContext.Current.CancellationToken);

        var text = messages!.Single(message => message!["channel"]!.GetValue<string>() == "text")!;
        Assert.Equal(
            ("+16125550123", "", "Your code is 012345.", "", new DateTimeOffset(2026, 3, 2, 14, 0, 30, TimeSpan.Zero)),
            (Value("to"), Value("subject"), Value("text"), Value("html"), text["at"]!.GetValue<DateTimeOffset>()));
        Assert.Contains("Your code is 012345.", page, StringComparison.Ordinal);

        string Value(string name) => text[name]!.GetValue<string>();
    }

    /// <summary>Who manages people cannot sign in without a code (X-04), and nobody who tries the demo should need a phone for it.</summary>
    [Fact]
    public async Task The_phone_shows_a_code_for_everybody_who_has_an_app()
    {
        using var http = new HttpClient { BaseAddress = _demo.Url };

        var shown = await http.GetFromJsonAsync<JsonArray>("/demo/phone.json", TestContext.Current.CancellationToken);

        Assert.Equal(
            ["administrator", "first-operator", "help-desk", "operator", "school-administrator"],
            _demo.People.Where(person => person.AuthenticatorKey is not null).Select(person => person.Kind).Order());
        Assert.Equal(
            _demo.People.Where(person => person.AuthenticatorKey is not null).Select(person => person.Username).Order(),
            shown!.Select(code => code!["username"]!.GetValue<string>()).Order());
        Assert.All(shown!, code => Assert.Matches("^[0-9]{6}$", code!["code"]!.GetValue<string>()));
    }

    private static Task WriteAsync(string folder, string name, string subject) => File.WriteAllTextAsync(
        Path.Combine(folder, $"{name}.eml"),
        $"""
        From: no-reply@registry.example
        To: Amina Diallo <amina@clinic.example>
        Subject: {subject}
        Date: Mon, 02 Mar 2026 14:01:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="part"

        --part
        Content-Type: text/plain; charset=utf-8

        Some text
        --part
        Content-Type: text/html; charset=utf-8

        <p>Some text</p>
        --part--
        """,
        TestContext.Current.CancellationToken);

    public sealed class Running : IAsyncLifetime
    {
        public DemoProcess Demo { get; private set; } = null!;   // started before any test

        public async ValueTask InitializeAsync() => Demo = await DemoProcess.StartAsync();

        public ValueTask DisposeAsync() => Demo.DisposeAsync();
    }
}
