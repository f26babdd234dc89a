using System.Net;
using Cardea.Tests.EmailAddresses;
using Cardea.Tests.SecondFactors;
using static Cardea.Tests.EmailAddresses.EmailSteps;

namespace Cardea.Tests.MyAccount;

/// <summary>Another work email address, proven by a code; the old one is told.</summary>
[Scenario("S2-10", "S2-07")]
public sealed class MyEmailTests(PublicAddressApps apps) : IClassFixture<PublicAddressApps>
{
    private const string Page = "/account/email", CodePage = "/account/email/code";

    [Theory, EachDatabase]
    [Scenario("V6.3.7", "X-07")]
    public async Task A_new_address_is_proven_and_the_old_one_can_stop_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.EmailRefusedAt = CardeaApp.Start);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account");
        Assert.Contains("The last mail to you was refused by your mail server.", browser.Text, StringComparison.Ordinal);
        await browser.FollowAsync("Check your email address");
        Assert.Contains("was refused by its mail server", browser.Text, StringComparison.Ordinal);

        var address = NewAddress();
        browser.Fill("New email address", address);
        await browser.ClickAsync(SendCode);
        Assert.Equal(CodePage, browser.Url);
        await EnterAsync(browser, await app.CodeSentToAsync(address));

        Assert.Equal($"{Page}?changed=true", browser.Url);
        Assert.Contains("Your work email address has been changed.", browser.Text, StringComparison.Ordinal);
        Assert.Contains(address, browser.Text, StringComparison.Ordinal);
        var kept = await ReadAsync(app, amina);
        Assert.Equal((address, null), (kept.Email, kept.EmailRefusedAt));

        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        var link = mail.TextBody!.Split().First(word => word.Contains("/not-me?link=", StringComparison.Ordinal));
        using var owner = app.OpenBrowser("198.51.100.77");
        await owner.OpenAsync(new Uri(link).PathAndQuery);
        await owner.ClickAsync("Freeze my account");
        Assert.NotNull((await ReadAsync(app, amina)).DisabledAt);
        await browser.RefreshAsync();
        Assert.StartsWith("/sign-in", browser.Url, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase("", "Enter the email address you use for work.")]
    [EachDatabase("amina", "Enter a complete email address")]
    [EachDatabase("amina@clinic.example\r\nBcc: all@clinic.example", "Enter one email address")]
    [Scenario("A-11")]
    public async Task What_is_no_address_gets_no_mail(Database database, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var form = browser.FormOf(SendCode);

        form["Input.NewAddress"] = typed;
        await browser.SubmitAsync(form);

        Assert.Equal((Page, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Null(await PendingAsync(app, amina));
    }

    [Theory, EachDatabase]
    public async Task The_address_on_file_in_other_case_needs_no_code(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);

        browser.Fill("New email address", amina.Email.ToUpperInvariant());
        await browser.ClickAsync(SendCode);

        Assert.Contains("This is the address that is on file already.", browser.Alert, StringComparison.Ordinal);
        Assert.Null(await PendingAsync(app, amina));
    }

    /// <summary>The five tries, the thirty seconds and the rest are those of the step at the sign-in: one operation serves both.</summary>
    [Theory, EachDatabase]
    [Scenario("A-02", "S1-07")]
    public async Task Codes_are_as_few_and_tries_as_counted_as_at_the_sign_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var address = NewAddress();
        browser.Fill("New email address", address);
        await browser.ClickAsync(SendCode);
        var code = await app.CodeSentToAsync(address);

        await browser.OpenAsync(Page);
        browser.Fill("New email address", NewAddress());
        await browser.ClickAsync(SendCode);
        Assert.Equal((Page, HttpStatusCode.TooManyRequests), (browser.Url, browser.Status));
        await browser.OpenAsync(Page);
        await browser.OpenAsync(CodePage);
        for (var tries = 0; tries < 5; tries++)
        {
            await EnterAsync(browser, Other(code));
        }

        await EnterAsync(browser, code);
        Assert.Contains("This code no longer works.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(amina.Email, (await ReadAsync(app, amina)).Email);
    }

    /// <summary>Whoever finds the screen may have the new mailbox, and the code in it.</summary>
    [Theory, EachDatabase]
    [Scenario("V7.5.1")]
    public async Task A_code_that_was_asked_for_in_time_is_not_enough_later(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync(Page);
        var address = NewAddress();
        browser.Fill("New email address", address);
        await browser.ClickAsync(SendCode);
        var code = await app.CodeSentToAsync(address);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await EnterAsync(browser, code);

        Assert.Contains("For this change, sign in once more", browser.Text, StringComparison.Ordinal);
        Assert.Equal(amina.Email, (await ReadAsync(app, amina)).Email);
    }

    [Theory, EachDatabase]
    [Scenario("V7.5.1")]
    public async Task Who_did_not_sign_in_just_now_confirms_first(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = await app.SignInAsync(await app.AddPersonAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        foreach (var page in (string[])[Page, CodePage])
        {
            await browser.OpenAsync(page);
            Assert.Contains("For this change, sign in once more", browser.Text, StringComparison.Ordinal);
        }
    }
}
