using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Cardea.Tests.Security;

/// <summary>What is typed never forges a line of the log or of the audit trail, and never appears there (Keycloak CVE-2023-6484).</summary>
[Scenario("A-21", "V16.2.5", "V16.4.1")]
public sealed class LogTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory]
    [InlineData("\r\n{\"Timestamp\":\"forged\",\"Message\":\"Administrator signed in\"}")]
    [InlineData("\u001b[31mred\u001b[0m")]
    [InlineData("\"}\n{\"")]
    [InlineData("{0} {AccountId} {")]
    [InlineData("\u2028line")]
    public async Task Hostile_names_leave_no_trace_of_themselves(string hostile)
    {
        var app = await apps.OnAsync(Database.Sqlite);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");

        await browser.SignInAsync("CLINIC", "canary" + hostile, "canary" + hostile);

        Assert.Equal("Invalid credentials", browser.Alert);
        Assert.DoesNotContain(app.Logs.Lines, line => line.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain(await app.AuditAsync(), entry => $"{entry.Reason}{entry.Payload}{entry.ActorId}".Contains("canary", StringComparison.Ordinal));
    }

    [Theory]
    [EachDatabase("x", 200)]
    [EachDatabase("x👍", 199)]   // never between the two halves of a character: PostgreSQL takes no half
    public async Task A_browser_that_calls_itself_a_megabyte_is_cut(Database database, string called, int kept)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = app.OpenBrowser();
        browser.UserAgent = string.Concat(Enumerable.Repeat(called, 1_000_000 / called.Length));
        await browser.OpenAsync("/sign-in");

        await browser.SignInAsync(amina);

        Assert.Equal(kept, (await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.UserAgent).SingleAsync())).Length);
    }

    /// <summary>The format of the console: one JSON object a line, whatever the text is.</summary>
    [Fact]
    [Scenario("V1.2.3", "V16.2.4")]
    public async Task Each_entry_is_one_line_of_JSON_with_a_time_in_UTC()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var json = app.Services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == ConsoleFormatterNames.Json);
        await using var written = new StringWriter();

        json.Write(
            new LogEntry<string>(LogLevel.Information, "Test", new EventId(1), "two\r\nlines \u001b[31m \"}", exception: null, (text, _) => text), scopeProvider: null, written);

        var line = Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("Z", JsonDocument.Parse(line).RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line);
    }
}
