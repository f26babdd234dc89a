using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.Accounts;
using static Cardea.Tests.EmailAddresses.EmailSteps;

namespace Cardea.Tests.EmailAddresses;

public sealed class EmailStepTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
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
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:Policy", "nist"), ("Cardea:SecondFactors:Scope", "ByAccount"));
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
}
