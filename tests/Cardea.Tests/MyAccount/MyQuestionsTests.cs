using System.IO.Compression;
using System.Net;
using Cardea.Features.SecurityQuestions;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.SecondFactors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Cardea.Tests.MyAccount;

/// <summary>Other questions, or other answers.</summary>
[Scenario("S2-10", "S2-08")]
public sealed class MyQuestionsTests(PublicAddressApps apps) : IClassFixture<PublicAddressApps>
{
    private const string Page = "/account/questions";

    [Theory, EachDatabase]
    [Scenario("V6.3.7", "X-07")]
    public async Task New_answers_take_the_place_of_the_old_ones_and_the_owner_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account");
        await browser.OpenAsync(Page);
        Assert.Equal("Manage Security Questions", browser.Heading);
        var before = await HashesAsync(app, amina);

        await AnswerAsync(browser, "Sir Purr-a-lot", "jollof rice", "in the old mill");

        Assert.Equal($"{Page}?changed=true", browser.Url);
        Assert.Contains("Your security questions have been changed.", browser.Text, StringComparison.Ordinal);
        Assert.Empty((await HashesAsync(app, amina)).Intersect(before));
        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("Your security questions were changed", mail.Subject);
        Assert.Contains("/not-me?link=", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Purr", mail.TextBody, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, EachDatabase]
    [Scenario("V2.3.4")]
    public async Task A_double_click_the_first_time_is_no_change_to_warn_of(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.WriteAsync(db => db.SecurityAnswers.Where(answer => answer.AccountId == amina.Id).ExecuteDeleteAsync());
        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/security-questions", browser.Url);
        Fill(browser, "Sir Purr-a-lot", "jollof rice", "in the old mill");
        var form = browser.FormOf("Submit");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var tab = browser.Copy(app);
            await tab.SubmitAsync(form);
            Assert.Equal(HttpStatusCode.OK, tab.Status);
        }));

        Assert.Equal(3, (await HashesAsync(app, amina)).Count);
        Assert.False(await app.ReadAsync(db => db.OutboxMessages.AnyAsync(m => m.AccountId == amina.Id && m.Kind == SecurityQuestionsChangedMail.Kind)));
    }

    [Theory, EachDatabase]
    public async Task The_rules_are_those_of_the_first_time_and_the_old_answers_stay(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var before = await HashesAsync(app, amina);

        await AnswerAsync(browser, "Rex", $"my {amina.Username}", "REX ");

        Assert.Equal((Page, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Equal(before, await HashesAsync(app, amina));
    }

    /// <summary>Where no questions are asked, answers on file would be a way in that nobody watches (V6.4.2).</summary>
    [Theory, EachDatabase]
    [Scenario("V6.4.2")]
    public async Task Where_the_policy_asks_none_there_is_no_such_page(Database database)
    {
        var app = await apps.OnAsync(database, "clinic");
        var amina = await EmailSteps.AddPersonWithAddressAsNameAsync(app);
        using var browser = await EmailSteps.SignInByAddressAsync(app, amina.Email, amina.Password);
        Assert.Equal("/", browser.Url);

        await browser.OpenAsync("/account");
        Assert.DoesNotContain("Security questions", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync("/account/details");
        var form = browser.FormOf("Save");
        await browser.OpenAsync(Page);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);

        form.Target = new(form.Target, Page);
        await browser.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.Name == "security_questions.set.v1" && entry.SubjectId == amina.Id);
    }

    [Theory, EachDatabase]
    [Scenario("V7.5.1")]
    public async Task Who_did_not_sign_in_just_now_confirms_first(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var before = await HashesAsync(app, amina);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await AnswerAsync(browser, "Sir Purr-a-lot", "jollof rice", "in the old mill");

        Assert.Contains("For this change, sign in once more", browser.Text, StringComparison.Ordinal);
        Assert.Equal(before, await HashesAsync(app, amina));
        var protector = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Cardea.Drafts.v2");
        await using var squeezed = new BrotliStream(
            new MemoryStream(protector.Unprotect(WebEncoders.Base64UrlDecode(browser.Cookies["cardea-draft"]!))), CompressionMode.Decompress);
        var draft = await new StreamReader(squeezed).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Question", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("Purr", draft, StringComparison.Ordinal);
    }

    internal static Task AnswerAsync(PersonBrowser browser, params string[] answers)
    {
        Fill(browser, answers);
        return browser.ClickAsync("Submit");
    }

    private static void Fill(PersonBrowser browser, params string[] answers)
    {
        for (var row = 1; row <= answers.Length; row++)
        {
            var list = (AngleSharp.Html.Dom.IHtmlSelectElement)browser.Field($"Question {row}");
            list.Value = list.Options[row].Value;
            browser.Fill($"Answer {row}", answers[row - 1]);
        }
    }

    private static Task<List<string>> HashesAsync(CardeaApp app, TestPerson person) => app.ReadAsync(db => db.SecurityAnswers
        .Where(answer => answer.AccountId == person.Id).OrderBy(answer => answer.Position).Select(answer => answer.AnswerHash).ToListAsync());
}
