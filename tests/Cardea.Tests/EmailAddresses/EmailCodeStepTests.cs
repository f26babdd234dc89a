using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.Accounts;
using static Cardea.Tests.EmailAddresses.EmailSteps;

namespace Cardea.Tests.EmailAddresses;

public sealed class EmailCodeStepTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory]
    [EachDatabase("{0} {1}")]
    [EachDatabase(" {0}-{1} ")]
    [Scenario("S2-07", "W-3.3.8")]
    public async Task A_code_may_be_typed_in_two_groups(Database database, string format)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var code = await SendCodeAsync(app, browser);

        await EnterAsync(browser, string.Format(null, format, code[..3], code[3..]));

        Assert.Equal("/", browser.Url);
    }

    [Theory]
    [EachDatabase("", "Enter the code from the mail.")]
    [EachDatabase("12345", "The code has six digits.")]
    [EachDatabase("123456 or 1=1", "The code has six digits.")]
    [Scenario("S2-07")]
    public async Task What_is_no_code_costs_no_try(Database database, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        await SendCodeAsync(app, browser);

        await EnterAsync(browser, typed);

        Assert.Equal((CodePage, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Equal(0, (await PendingAsync(app, amina))!.Tries);
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "V6.6.3", "V2.3.2")]
    public async Task A_code_has_five_tries_and_the_next_code_as_many(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var address = NewAddress();
        await AskForCodeAsync(browser, address);
        var code = await app.CodeSentToAsync(address);

        foreach (var left in (int[])[4, 3, 2, 1])
        {
            await EnterAsync(browser, Other(code));
            Assert.Contains($"Tries left: {left}.", browser.Alert, StringComparison.Ordinal);
            Assert.Equal("", ((AngleSharp.Html.Dom.IHtmlInputElement)browser.Field("Enter Code")).Value);
        }

        await EnterAsync(browser, Other(code));
        Assert.Contains("that was the last try. Request a new code.", browser.Alert, StringComparison.Ordinal);
        await EnterAsync(browser, code);
        Assert.Contains("This code no longer works.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(5, (await AuditAsync(app, amina, "email.code_refused.v1")).Count);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.ClickAsync(Resend);
        await EnterAsync(browser, Other(code));
        Assert.Contains("Tries left: 4.", browser.Alert, StringComparison.Ordinal);
        await EnterAsync(browser, await app.CodeSentToAsync(address, expected: 2));
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("A-02", "V6.6.3", "S2-07")]
    public async Task However_many_guess_at_once_from_two_nodes_five_are_looked_at(Database database)
    {
        const int Guesses = 60;
        await using var app = await CardeaApp.StartAsync(database);
        await using var second = app.StartSecondNode();
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var code = await SendCodeAsync(app, browser);
        var wrong = browser.FormOf(Submit);
        wrong["Input.Code"] = Other(code);
        var right = browser.FormOf(Submit);
        right["Input.Code"] = code;

        await Task.WhenAll(Enumerable.Range(0, Guesses).Select(async number =>
        {
            using var guesser = browser.Copy(number % 2 == 0 ? app : second);
            await guesser.SubmitAsync(wrong);
            Assert.Contains(guesser.Status, (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable]);   // a busy gate counts nothing
        }));
        await browser.SubmitAsync(right);

        Assert.Contains("This code no longer works.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(5, (await PendingAsync(app, amina))!.Tries);
        Assert.Equal(5, (await AuditAsync(app, amina, "email.code_refused.v1")).Count);
        Assert.Equal(amina.Email, (await ReadAsync(app, amina)).Email);
    }

    [Theory, EachDatabase]
    [Scenario("S0-04", "S2-07")]
    public async Task While_the_server_is_busy_nothing_is_sent_and_no_try_is_counted(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Hashing:LongestQueue", "1"));
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var address = NewAddress();

        using (app.Services.GetRequiredService<HashingGate>().TryEnter())
        {
            await AskForCodeAsync(browser, address);
            AssertBusy(EmailPage);
            Assert.Equal(address, ((AngleSharp.Html.Dom.IHtmlInputElement)browser.Field("Email Address")).Value);
        }

        await browser.ClickAsync(SendCode);
        var code = await app.CodeSentToAsync(address);
        using (app.Services.GetRequiredService<HashingGate>().TryEnter())
        {
            await EnterAsync(browser, code);
            AssertBusy(CodePage);
            Assert.Equal(0, (await PendingAsync(app, amina))!.Tries);
        }

        await EnterAsync(browser, code);
        Assert.Equal("/", browser.Url);

        void AssertBusy(string page)
        {
            Assert.Equal((page, HttpStatusCode.ServiceUnavailable), (browser.Url, browser.Status));
            Assert.NotNull(browser.Header("Retry-After"));
            Assert.Contains("Nothing was changed.", browser.Alert, StringComparison.Ordinal);
        }
    }

    [Theory, EachDatabase]
    [Scenario("A-03", "V2.3.4", "V6.5.1", "S2-07")]
    public async Task The_right_code_sent_several_times_at_once_is_spent_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var code = await SendCodeAsync(app, browser);
        var form = browser.FormOf(Submit);
        form["Input.Code"] = code;

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var tab = browser.Copy(app);
            await tab.SubmitAsync(form);
        }));

        Assert.Single(await AuditAsync(app, amina, "email.changed.v1"));
        Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
    }

    [Theory]
    [EachDatabase(599, true)]
    [EachDatabase(600, false)]
    [Scenario("V6.5.5", "S2-07")]
    public async Task A_code_lives_ten_minutes(Database database, int secondsLater, bool works)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));
        var code = await SendCodeAsync(app, browser);

        app.Clock.Advance(TimeSpan.FromSeconds(secondsLater));
        await EnterAsync(browser, code);

        Assert.Equal(works ? "/" : CodePage, browser.Url);
        Assert.Equal(works, browser.Alert is null);
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "V6.6.3")]
    public async Task A_new_code_waits_thirty_seconds_and_ends_the_old_one(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));
        var address = NewAddress();
        await AskForCodeAsync(browser, address);
        var old = await app.CodeSentToAsync(address);

        app.Clock.Advance(TimeSpan.FromSeconds(29));
        await browser.ClickAsync(Resend);
        Assert.Equal((CodePage, HttpStatusCode.TooManyRequests), (browser.Url, browser.Status));
        Assert.Contains("after 30 seconds you can request another", browser.Alert, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await browser.ClickAsync(Resend);
        Assert.Equal((CodePage, HttpStatusCode.OK), (browser.Url, browser.Status));
        Assert.Contains("Only the newest one works.", browser.Text, StringComparison.Ordinal);
        var newest = await app.CodeSentToAsync(address, expected: 2);
        await EnterAsync(browser, old == newest ? Other(old) : old);
        Assert.Contains("This code is not right.", browser.Alert, StringComparison.Ordinal);

        await EnterAsync(browser, newest);
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "V6.6.3", "V2.3.2", "V2.4.1")]
    public async Task An_hour_has_five_codes_whatever_the_address_and_the_sign_in(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var first = await app.SignInAsync(amina);
        using var second = await app.SignInAsync(amina);

        foreach (var browser in (PersonBrowser[])[first, second, first, second, first])
        {
            await browser.OpenAsync(EmailPage);
            await AskForCodeAsync(browser, NewAddress());
            Assert.Equal(CodePage, browser.Url);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await second.ClickAsync(Resend);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.Status);
        Assert.Contains("We send at most 5 codes an hour. You can request the next one in 55 min", second.Alert, StringComparison.Ordinal);
        Assert.Equal(5, (await AuditAsync(app, amina, "email.code_sent.v1")).Count);

        foreach (var browser in (PersonBrowser[])[first, second])
        {
            app.Clock.Advance(TimeSpan.FromMinutes(27.5));
            await browser.OpenAsync(EmailPage);   // the session stays awake
            await first.OpenAsync(EmailPage);
        }

        await AskForCodeAsync(first, NewAddress());
        Assert.Equal(CodePage, first.Url);
    }

    [Theory, EachDatabase]
    [Scenario("V6.6.2", "S2-07")]
    public async Task A_code_works_only_in_the_sign_in_that_asked_for_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var asked = await app.SignInAsync(amina);
        using var other = await app.SignInAsync(amina, clientAddress: "198.51.100.9");
        var address = NewAddress();
        await AskForCodeAsync(asked, address);
        var code = await app.CodeSentToAsync(address);
        var form = asked.FormOf(Submit);
        form["Input.Code"] = code;

        await other.OpenAsync(CodePage);
        Assert.Equal(EmailPage, other.Url);
        form["__RequestVerificationToken"] = other.FormOf(SendCode)["__RequestVerificationToken"];
        await other.SubmitAsync(form);
        Assert.Equal(EmailPage, other.Url);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var ownAddress = NewAddress();
        await AskForCodeAsync(other, ownAddress);
        var ownCode = await app.CodeSentToAsync(ownAddress);
        await EnterAsync(other, code == ownCode ? Other(code) : code);
        Assert.Contains("This code is not right.", other.Alert, StringComparison.Ordinal);

        await EnterAsync(asked, code);
        Assert.Equal("/", asked.Url);
        Assert.Equal(address, (await ReadAsync(app, amina)).Email);
    }
}
