using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Cardea.Tests.Sessions;

/// <summary>A session that ended while somebody was typing costs them a sign-in, not their work; and nobody else sees what it was.</summary>
[Scenario("S0-16", "X-02")]
public sealed class DraftTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Typed = "amina.typed@clinic.example";

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    [Theory, EachDatabase]
    public async Task An_address_typed_in_vain_is_there_after_the_next_sign_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoConfirmsAsync(app);
        using var browser = await SendTooLateAsync(app, amina);

        Assert.Equal("/sign-in?returnUrl=%2Fsign-in%2Femail&ended=true", browser.Url);
        Assert.DoesNotContain(Typed, browser.Cookies["cardea-draft"]!, StringComparison.Ordinal);
        await browser.SignInAsync(amina);

        Assert.Equal(("/sign-in/email", Typed), (browser.Url, ((IHtmlInputElement)browser.Field("Email Address")).Value));
        Assert.Null(browser.Alert);
        await browser.RefreshAsync();
        Assert.Equal("", ((IHtmlInputElement)browser.Field("Email Address")).Value);   // handed over once
    }

    [Theory, EachDatabase]
    public async Task Questions_chosen_in_vain_are_there_and_the_answers_are_not(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.WriteAsync(db => db.SecurityAnswers.Where(answer => answer.AccountId == amina.Id).ExecuteDeleteAsync());
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Submit");
        var questions = ((IHtmlSelectElement)browser.Field("Question 1")).Options.Skip(1).Take(3).Select(option => option.Value).ToList();
        for (var row = 0; row < questions.Count; row++)
        {
            form[$"Input.Rows[{row}].Question"] = questions[row];
            form[$"Input.Rows[{row}].Answer"] = $"purple umbrella {row}";
        }

        app.Clock.Advance(Idle);
        await browser.SubmitAsync(form);
        var kept = Kept(app, browser);
        Assert.Contains(questions[0], kept, StringComparison.Ordinal);
        Assert.DoesNotContain("umbrella", kept, StringComparison.Ordinal);
        await browser.SignInAsync(amina);

        Assert.Equal("/sign-in/security-questions", browser.Url);
        Assert.Equal(questions, Enumerable.Range(1, 3).Select(row => ((IHtmlSelectElement)browser.Field($"Question {row}")).Value));
        Assert.DoesNotContain("umbrella", browser.Html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task The_next_person_at_the_computer_sees_nothing_of_it_and_takes_it_away(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, bello) = (await AddPersonWhoConfirmsAsync(app), await AddPersonWhoConfirmsAsync(app));
        using var browser = await SendTooLateAsync(app, amina);

        await browser.SignInAsync(bello);
        Assert.Equal("/sign-in/email", browser.Url);
        Assert.DoesNotContain(Typed, browser.Html, StringComparison.Ordinal);

        await browser.ClickAsync("Sign out");
        await browser.SignInAsync(amina);
        Assert.DoesNotContain(Typed, browser.Html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task It_is_forgotten_after_half_an_hour(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoConfirmsAsync(app);
        using var browser = await SendTooLateAsync(app, amina);

        var draft = browser.Cookies["cardea-draft"]!;

        app.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Null(browser.Cookies["cardea-draft"]);
        browser.Cookies.Put("__Host-cardea-draft", draft);   // by whoever keeps it for longer
        await browser.SignInAsync(amina);

        Assert.DoesNotContain(Typed, browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase("nonsense")]
    [EachDatabase("CfDJ8AAAA")]
    public async Task One_that_nobody_can_read_is_as_none(Database database, string draft)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        browser.Cookies.Put("__Host-cardea-draft", draft);

        await browser.OpenAsync("/sign-in");
        await browser.SignInAsync(await AddPersonWhoConfirmsAsync(app));

        Assert.Equal((HttpStatusCode.OK, "/sign-in/email"), (browser.Status, browser.Url));
    }

    [Theory, EachDatabase]
    public async Task More_than_a_cookie_may_hold_is_not_kept(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        await app.WriteAsync(db => db.SecurityAnswers.Where(answer => answer.AccountId == amina.Id).ExecuteDeleteAsync());
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Submit");
        for (var row = 0; row < 20; row++)
        {
            form[$"Input.Rows[{row}].Question"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(250));   // what has no pattern cannot be squeezed
        }

        app.Clock.Advance(Idle);
        await browser.SubmitAsync(form);

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        Assert.Null(browser.Cookies["cardea-draft"]);
    }

    [Theory, EachDatabase]
    public async Task Whoever_signed_out_left_nothing_to_be_kept(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoConfirmsAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf("Send code");
        form["Input.NewAddress"] = Typed;
        using var otherTab = browser.Copy(app);

        await browser.ClickAsync("Sign out");
        await otherTab.SubmitAsync(form);
        await otherTab.SignInAsync(amina);

        Assert.DoesNotContain(Typed, otherTab.Html, StringComparison.Ordinal);
    }

    private static string Kept(CardeaApp app, PersonBrowser browser)
    {
        var squeezed = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Cardea.Drafts.v2")
            .Unprotect(WebEncoders.Base64UrlDecode(browser.Cookies["cardea-draft"]!));
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(squeezed), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    /// <summary>At the sign-in page after half an hour.</summary>
    private static async Task<PersonBrowser> SendTooLateAsync(CardeaApp app, TestPerson person)
    {
        var browser = await app.SignInAsync(person);
        browser.Fill("Email Address", Typed);
        app.Clock.Advance(Idle);
        await browser.ClickAsync("Send code");
        return browser;
    }

    private static Task<TestPerson> AddPersonWhoConfirmsAsync(CardeaApp app) => app.AddPersonAsync(change: account => account.EmailConfirmedAt = null);
}
