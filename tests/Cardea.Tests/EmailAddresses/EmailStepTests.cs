using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.Accounts;

namespace Cardea.Tests.EmailAddresses;

public sealed class EmailStepTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string EmailPage = "/sign-in/email", CodePage = "/sign-in/email/code";
    private const string Confirm = "Yes, this is my work email", SendCode = "Send code", Submit = "Submit", Resend = "Resend";

    private static int _addresses;

    [Theory, EachDatabase]
    [Scenario("S2-07", "S2-09")]
    public async Task The_address_on_file_is_shown_and_confirmed_by_one_button(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);

        using var browser = await app.SignInAsync(amina);
        Assert.Equal((EmailPage, "Is this the email address you use for work?"), (browser.Url, browser.Heading));
        Assert.Contains(amina.Email, browser.Text, StringComparison.Ordinal);
        Assert.Contains("Email address", browser.Document.QuerySelector("[aria-current=step]")!.TextContent, StringComparison.Ordinal);
        await browser.ClickAsync(Confirm);

        Assert.Equal("/", browser.Url);
        var account = await ReadAsync(app, amina);
        Assert.Equal((amina.Email, app.Clock.GetUtcNow()), (account.Email, account.EmailConfirmedAt));
        Assert.Single(await AuditAsync(app, amina, "email.confirmed.v1"));
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "V15.4.1")]
    public async Task A_double_click_confirms_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var person = await app.RunAsync<SessionStore, SignedInPerson?>(sessions => sessions.FindAsync(browser.Cookies["cardea-session"]!, CancellationToken.None));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.RunAsync<ConfirmEmail, ConfirmEmailOutcome>(
            confirm => confirm.RunAsync(person!, amina.Email, CancellationToken.None)))));

        Assert.All(outcomes, outcome => Assert.IsType<ConfirmEmailOutcome.Confirmed>(outcome));
        Assert.Single(await AuditAsync(app, amina, "email.confirmed.v1"));
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "C-05", "V6.5.2", "V14.2.6")]
    public async Task A_corrected_address_is_proven_by_a_mailed_code_and_the_old_one_is_told(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var address = NewAddress();

        await AskForCodeAsync(browser, address);
        Assert.Equal((CodePage, "Enter Code"), (browser.Url, browser.Heading));
        Assert.Contains($"A***@{address.Split('@')[1]}", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(address, browser.Html, StringComparison.Ordinal);
        var field = browser.Field("Enter Code");
        Assert.Equal(("one-time-code", "numeric"), (field.GetAttribute("autocomplete"), field.GetAttribute("inputmode")));

        var code = await app.CodeSentToAsync(address);
        Assert.StartsWith("$argon2id$", (await PendingAsync(app, amina))!.CodeHash, StringComparison.Ordinal);
        await EnterAsync(browser, code);

        Assert.Equal("/", browser.Url);
        var account = await ReadAsync(app, amina);
        Assert.Equal((address, address.ToLowerInvariant(), app.Clock.GetUtcNow()), (account.Email, account.NormalizedEmail, account.EmailConfirmedAt));
        Assert.Null(await PendingAsync(app, amina));
        Assert.Single(await AuditAsync(app, amina, "email.changed.v1"));

        var told = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Contains("A***@", told.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(address, told.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Text.Contains(code, StringComparison.Ordinal) || line.Text.Contains(address, StringComparison.Ordinal));
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.Payload.Contains(address, StringComparison.OrdinalIgnoreCase));
    }

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

    [Theory, EachDatabase]
    [Scenario("S2-07", "S2-30")]
    public async Task Typing_the_address_on_file_once_more_confirms_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);

        await AskForCodeAsync(browser, $" {amina.Email.ToUpperInvariant()} ");

        Assert.Equal("/", browser.Url);
        Assert.Equal((amina.Email, app.Clock.GetUtcNow()), ((await ReadAsync(app, amina)).Email, (await ReadAsync(app, amina)).EmailConfirmedAt));
        Assert.Empty(await AuditAsync(app, amina, "email.code_sent.v1"));
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "S0-01")]
    public async Task The_page_first_asked_for_is_reached_by_way_of_the_code(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/account");
        await browser.SignInAsync(amina);

        await EnterAsync(browser, await SendCodeAsync(app, browser));

        Assert.Equal("/account", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "S0-16", "S2-09")]
    public async Task Going_away_and_coming_back_finds_the_way_to_the_code_and_to_the_old_address(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var address = NewAddress();
        await AskForCodeAsync(browser, address);

        await browser.OpenAsync("/");
        Assert.Equal(EmailPage, browser.Url);
        await browser.FollowAsync($"Enter the code that we sent to A***@{address.Split('@')[1]}");
        Assert.Equal(CodePage, browser.Url);
        await browser.RefreshAsync();
        Assert.Equal(CodePage, browser.Url);
        await browser.FollowAsync("Use another address");
        Assert.StartsWith(EmailPage, browser.Url, StringComparison.Ordinal);
        await browser.OpenAsync(CodePage);
        await browser.FollowAsync("Go back and keep my old address");
        await browser.ClickAsync(Confirm);

        Assert.Equal("/", browser.Url);
        Assert.Equal(amina.Email, (await ReadAsync(app, amina)).Email);
        Assert.Null(await PendingAsync(app, amina));   // the code that was not used is worth nothing any more
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "A-06")]
    public async Task Nobody_is_asked_for_a_code_that_was_not_sent(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));
        var form = browser.FormOf(SendCode);

        await browser.OpenAsync(CodePage);
        Assert.Equal(EmailPage, browser.Url);

        form.Target = new(form.Target, CodePage);
        form["Input.Answer"] = "enter";
        form.Add("Input.Code", "000000");
        await browser.SubmitAsync(form);
        Assert.Equal(EmailPage, browser.Url);
    }

    [Theory]
    [EachDatabase("", "Enter the email address you use for work.")]
    [EachDatabase("   ", "Enter the email address you use for work.")]
    [EachDatabase("amina", "Enter a complete email address")]
    [EachDatabase("amina@clinic", "Enter a complete email address")]
    [EachDatabase("amina@clinic.example,eve@evil.example", "Enter one email address")]
    [EachDatabase("amina@clinic.example\r\nBcc: eve@evil.example", "Enter one email address")]
    [EachDatabase("amina@clinic.example\u2028x", "Enter one email address")]
    [EachDatabase("\"a\r\nRCPT TO:<eve@evil.example>\"@clinic.example", "Enter one email address")]
    [EachDatabase("<script>alert(1)</script>@clinic.example", "Enter one email address")]
    [EachDatabase("amína@clinic.example", "Enter one email address")]
    [Scenario("S2-07", "A-11", "F-13", "W-3.3.1")]
    public async Task What_is_no_plain_address_is_refused_at_its_field_and_kept(Database database, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var form = browser.FormOf(SendCode);
        form["Input.NewAddress"] = typed;

        await browser.SubmitAsync(form);

        Assert.Equal((EmailPage, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        var field = (AngleSharp.Html.Dom.IHtmlInputElement)browser.Field("Email Address");
        Assert.Contains(sentence, browser.Document.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[0])!.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed, field.GetAttribute("value") ?? "");
        Assert.Null(await PendingAsync(app, amina));
        Assert.Empty(await AuditAsync(app, amina, "email.code_sent.v1"));
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "A-17")]
    public async Task An_endless_address_is_refused_like_a_long_one(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));

        await AskForCodeAsync(browser, $"{new string('a', 50_000)}@clinic.example");

        Assert.Equal((EmailPage, HttpStatusCode.BadRequest), (browser.Url, browser.Status));
        Assert.Contains("at most 254 characters", browser.Alert, StringComparison.Ordinal);
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

    [Theory, EachDatabase]
    [Scenario("S2-07")]
    public async Task An_address_that_changed_since_the_page_was_opened_is_not_confirmed_unseen(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var address = NewAddress().ToLowerInvariant();
        await app.WriteAsync(db => db.Accounts.Where(a => a.Id == amina.Id).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Email, address).SetProperty(a => a.NormalizedEmail, address)));

        await browser.ClickAsync(Confirm);

        Assert.Equal(EmailPage, browser.Url);
        Assert.Contains("The address on file has changed", browser.Alert, StringComparison.Ordinal);
        Assert.Contains(address, browser.Text, StringComparison.Ordinal);
        Assert.Null((await ReadAsync(app, amina)).EmailConfirmedAt);
    }

    [Theory, EachDatabase]
    [Scenario("A-14", "S2-07")]
    public async Task Fields_that_nobody_asked_for_change_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonWhoIsAskedAsync(app);
        using var browser = await app.SignInAsync(amina);
        var before = await ReadAsync(app, amina);
        var form = browser.FormOf(SendCode);
        form["Input.NewAddress"] = NewAddress();
        foreach (var field in (string[])["Email", "EmailConfirmedAt", "Input.EmailConfirmedAt", "AccountId", "Input.Sent", "Roles", "Input.NewAddress"])
        {
            form.Add(field, "eve@evil.example");
        }

        await browser.SubmitAsync(form);

        Assert.Equal(CodePage, browser.Url);
        Assert.NotEqual("eve@evil.example", (await PendingAsync(app, amina))!.NewAddress);
        Assert.Equivalent(before, await ReadAsync(app, amina));
    }

    [Theory, EachDatabase]
    [Scenario("S2-07", "S1-10")]
    public async Task Where_the_address_is_the_name_to_sign_in_with_the_name_follows(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", "nist"));
        var amina = await AddPersonWithAddressAsNameAsync(app);
        var taken = await AddPersonWithAddressAsNameAsync(app);
        using var browser = await SignInByAddressAsync(app, amina.Email, amina.Password);

        await AskForCodeAsync(browser, taken.Email.ToUpperInvariant());
        Assert.Equal(CodePage, browser.Url);   // asking tells nothing about others
        await EnterAsync(browser, await app.CodeSentToAsync(taken.Email.ToUpperInvariant()));
        Assert.Contains("This address cannot be used.", browser.Alert, StringComparison.Ordinal);
        Assert.Equal(amina.Email, (await ReadAsync(app, amina)).Email);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.FollowAsync("Use another address");
        var address = NewAddress();
        await AskForCodeAsync(browser, address);
        await EnterAsync(browser, await app.CodeSentToAsync(address));
        Assert.Equal("/", browser.Url);

        using var next = await SignInByAddressAsync(app, address, amina.Password);
        Assert.Equal("/", next.Url);
        using var former = await SignInByAddressAsync(app, amina.Email, amina.Password);
        Assert.Equal("Invalid credentials", former.Alert);
    }

    [Theory, EachDatabase]
    [Scenario("S0-17", "S2-07")]
    public async Task What_was_typed_survives_a_change_of_language_and_the_mail_follows_it(Database database)
    {
        var app = await apps.OnAsync(database);
        using var browser = await app.SignInAsync(await AddPersonWhoIsAskedAsync(app));
        var address = NewAddress();
        browser.Fill("Email Address", address);

        await browser.ClickAsync("Español");
        Assert.Equal("¿Es esta la dirección de correo que usa en el trabajo?", browser.Heading);
        Assert.Null(browser.Alert);
        await browser.ClickAsync("Enviar código");

        Assert.Equal("Escriba el código", browser.Heading);
        Assert.Contains("código", Assert.Single(await app.MailsToAsync(address, expected: 1)).TextBody, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Scenario("S2-15")]
    public async Task A_year_after_it_was_confirmed_the_address_is_asked_again(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.EmailConfirmedAt = app.Clock.GetUtcNow().AddDays(-365).AddSeconds(1));
        using var before = await app.SignInAsync(amina);
        Assert.Equal("/", before.Url);

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await app.SignInAsync(amina);
        Assert.Equal(EmailPage, after.Url);
    }

    private static Task<TestPerson> AddPersonWhoIsAskedAsync(CardeaApp app) => app.AddPersonAsync(change: account => account.EmailConfirmedAt = null);

    private static async Task<TestPerson> AddPersonWithAddressAsNameAsync(CardeaApp app)
    {
        var person = await AddPersonWhoIsAskedAsync(app);
        await app.WriteAsync(db => db.SignInNames.Where(name => name.AccountId == person.Id).ExecuteUpdateAsync(set => set
            .SetProperty(name => name.Scope, SignInName.AllEmailAddresses)
            .SetProperty(name => name.Name, person.Email)
            .SetProperty(name => name.Skeleton, SignInNames.Skeleton(person.Email))));
        return person;
    }

    private static async Task<PersonBrowser> SignInByAddressAsync(CardeaApp app, string address, string password)
    {
        var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        browser.Fill("Email Address", address);
        browser.Fill("Password", password);
        await browser.ClickAsync("Login");
        return browser;
    }

    private static Task AskForCodeAsync(PersonBrowser browser, string address)
    {
        browser.Fill("Email Address", address);
        return browser.ClickAsync(SendCode);
    }

    private static async Task<string> SendCodeAsync(CardeaApp app, PersonBrowser browser)
    {
        var address = NewAddress();
        await AskForCodeAsync(browser, address);
        return await app.CodeSentToAsync(address);
    }

    private static Task EnterAsync(PersonBrowser browser, string code)
    {
        browser.Fill("Enter Code", code);
        return browser.ClickAsync(Submit);
    }

    private static string NewAddress() => $"Amina.D{Interlocked.Increment(ref _addresses)}@new-clinic.example";

    private static string Other(string code) => code == "000000" ? "000001" : "000000";

    private static Task<Account> ReadAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Accounts.AsNoTracking().SingleAsync(account => account.Id == person.Id));

    private static Task<EmailChange?> PendingAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.EmailChanges.AsNoTracking().Where(change => change.AccountId == person.Id).SingleOrDefaultAsync());

    private static async Task<List<Features.Audit.AuditEntry>> AuditAsync(CardeaApp app, TestPerson person, string name) =>
        [.. (await app.AuditAsync()).Where(entry => entry.Name == name && entry.SubjectId == person.Id)];
}
