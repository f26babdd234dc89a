using System.Net;
using System.Text.RegularExpressions;

namespace Cardea.Tests.SignIn;

[Scenario("S0-05", "A-01", "V6.3.8", "F-05")]
public sealed partial class SameAnswerTests
{
    [Theory, EachDatabase]
    public async Task Whatever_is_wrong_the_answer_is_one_and_the_same(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var answers = new List<(string Case, string Answer)>();
        foreach (var wrong in await WrongCredentials.AllAsync(app))
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/sign-in");
            using var hashes = new CountedHashes(app);

            await browser.SignInAsync(wrong.OrganizationCode, wrong.Username, wrong.Password);

            Assert.Equal((HttpStatusCode.BadRequest, "Invalid credentials"), (browser.Status, browser.Alert));
            Assert.Equal(1, hashes.Count);
            answers.Add((wrong.Case, AsSeen(browser, wrong)));
        }

        Assert.All(answers, answer => Assert.Equal(answers[0].Answer, answer.Answer));
    }

    /// <summary>While locked nothing is evaluated, so names that exist answer as names that do not, and right passwords as wrong ones (S0-07).</summary>
    [Theory, EachDatabase]
    [Scenario("S0-07")]
    public async Task A_locked_name_answers_the_same_whether_it_exists_or_not(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        var other = await app.AddPersonAsync();
        WrongCredentials[] locked =
        [
            new("exists, wrong password", amina.Organization.Code, amina.Username, "Wrong#Password11"),
            new("exists, right password", other.Organization.Code, other.Username, other.Password),
            new("does not exist", amina.Organization.Code, "nobody17", amina.Password),
        ];
        var answers = new List<(string Case, string Answer)>();
        foreach (var person in locked)
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/sign-in");
            foreach (var _ in Enumerable.Range(1, 5))
            {
                await browser.SignInAsync(person.OrganizationCode, person.Username, "Wrong#Password11");
            }

            using var hashes = new CountedHashes(app);
            await browser.SignInAsync(person.OrganizationCode, person.Username, person.Password);

            Assert.Equal("Account locked. Wait 3 minutes or contact your administrator.", browser.Alert);
            Assert.Equal(1, hashes.Count);
            answers.Add((person.Case, AsSeen(browser, person)));
        }

        Assert.All(answers, answer => Assert.Equal(answers[0].Answer, answer.Answer));
    }

    /// <summary>Status, headers and body, without what was typed and without the tokens of the form.</summary>
    private static string AsSeen(PersonBrowser browser, WrongCredentials typed)
    {
        var headers = browser.Response.Headers.Concat(browser.Response.Content.Headers)
            .Where(header => header.Key is not "Content-Length")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Key is "Set-Cookie" ? header.Value.Select(CookieWithoutValue) : header.Value)}")
            .Order();
        var body = Secret().Replace(browser.Html, "secret")
            .Replace($"value=\"{typed.OrganizationCode}\"", "code", StringComparison.Ordinal)
            .Replace($"value=\"{typed.Username}\"", "name", StringComparison.Ordinal);
        return $"{(int)browser.Status}\n{string.Join('\n', headers)}\n\n{body}";
    }

    private static string CookieWithoutValue(string cookie) => CookieValue().Replace(cookie, "=…");

    [GeneratedRegex("""[\w-]{43,}""")]
    private static partial Regex Secret();

    [GeneratedRegex("=[^;]*(?=;)")]
    private static partial Regex CookieValue();
}
