using System.Net;
using Cardea.Data;
using Cardea.Features.Messages;
using Cardea.Rules.SecondFactors;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.SecondFactors;

/// <summary>A person whose clinic wants codes by email, and who has set them up.</summary>
[Scenario("S1-03", "S1-06", "F-03")]
public sealed class EmailCodeSignInTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Page = "/sign-in/second-factor/email";
    private const string NotAccepted = "MFA code not accepted. Request a new code.";

    [Theory, EachDatabase, Scenario("S0-06", "V6.5.1", "V6.6.2")]
    public async Task The_code_goes_to_the_address_on_the_account_and_lets_in_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal((Page, "Confirm that it is you"), (browser.Url, browser.Heading));
        Assert.DoesNotContain(amina.Email, browser.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("@clinic.example. It is valid for 10 minutes.", browser.Text, StringComparison.Ordinal);
        var field = browser.Field("Enter Code");
        Assert.Equal(("one-time-code", "numeric"), (field.GetAttribute("autocomplete"), field.GetAttribute("inputmode")));

        var code = await app.CodeSentToAsync(amina.Email);
        await EnterAsync(browser, $"{code[..3]} {code[3..]}");

        Assert.Equal(("/", "My Dashboard"), (browser.Url, browser.Heading));
        Assert.Equal("pwd otp", (await app.ReadAsync(db => db.Sessions.SingleAsync(s => s.AccountId == amina.Id))).AuthenticationMethods);
        Assert.Equal(0, await app.ReadAsync(db => db.SentCodes.CountAsync(sent => sent.AccountId == amina.Id)));
        using var next = await app.SignInAsync(amina);
        await EnterAsync(next, code);
        Assert.Contains(NotAccepted, next.Alert, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("S0-16", "S1-07")]
    public async Task Refreshing_sends_nothing_and_resending_waits_half_a_minute_and_ends_the_old_code(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        var first = await app.CodeSentToAsync(amina.Email);
        await browser.OpenAsync(Page);
        await browser.ClickAsync("Resend");
        Assert.Equal((HttpStatusCode.TooManyRequests, 1), (browser.Status, (await app.MailsToAsync(amina.Email, expected: 1)).Count));

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.ClickAsync("Resend");
        var second = await app.CodeSentToAsync(amina.Email, expected: 2);
        if (first != second)
        {
            await EnterAsync(browser, first);
            Assert.Contains(NotAccepted, browser.Alert, StringComparison.Ordinal);
        }

        await EnterAsync(browser, second);
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("V6.6.2", "A-06")]
    public async Task A_code_works_only_in_the_sign_in_that_asked_for_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var hers = await app.SignInAsync(amina);
        var code = await app.CodeSentToAsync(amina.Email);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var thiefs = await app.SignInAsync(amina, clientAddress: "198.51.100.9");

        await EnterAsync(thiefs, code);

        Assert.Contains(NotAccepted, thiefs.Alert, StringComparison.Ordinal);
        await EnterAsync(hers, code);
        Assert.Equal("/", hers.Url);
    }

    [Theory]
    [EachDatabase(599, true)]
    [EachDatabase(600, false)]
    [Scenario("V6.5.5", "N-11")]
    public async Task A_code_lives_ten_minutes_from_when_it_was_handed_over(Database database, int secondsLater, bool works)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        var code = await app.CodeSentToAsync(amina.Email);
        var handedOver = app.Clock.GetUtcNow().AddMinutes(5);   // the mail server was slow
        await SetMessageAsync(app, amina, handedOver, lastAnswer: null);
        app.Clock.Advance(handedOver.AddSeconds(secondsLater) - app.Clock.GetUtcNow());

        await EnterAsync(browser, code);

        Assert.Equal(works, browser.Url == "/");
    }

    [Theory, EachDatabase, Scenario("V6.6.3", "S0-07", "S1-07")]
    public async Task Five_wrong_codes_lock_and_a_new_code_does_not_unlock(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        var code = await app.CodeSentToAsync(amina.Email);
        for (var failure = 0; failure < 5; failure++)
        {
            await EnterAsync(browser, Other(code));
            Assert.Contains(NotAccepted, browser.Alert, StringComparison.Ordinal);
        }

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.ClickAsync("Resend");
        var next = await app.CodeSentToAsync(amina.Email, expected: 2);
        await EnterAsync(browser, next);
        Assert.Contains("Wait 3 minutes", browser.Alert, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await EnterAsync(browser, next);
        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("S1-06")]
    public async Task After_five_tries_a_code_is_dead_even_when_the_lock_is_over(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        var code = await app.CodeSentToAsync(amina.Email);
        for (var failure = 0; failure < 5; failure++)
        {
            await EnterAsync(browser, Other(code));
        }

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await EnterAsync(browser, code);

        Assert.Contains(NotAccepted, browser.Alert, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase("", "Enter the code that we sent to you.")]
    [EachDatabase("12345", "The code has six digits.")]
    [EachDatabase("1234567", "The code has six digits.")]
    [EachDatabase("12a456", "The code has six digits.")]
    [Scenario("W-3.3.1", "F-13")]
    public async Task What_is_no_code_costs_no_try(Database database, string typed, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);

        await EnterAsync(browser, typed);

        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.FactorTries.CountAsync(t => t.AccountId == amina.Id)));
    }

    [Theory, EachDatabase, Scenario("S1-07", "V2.4.1")]
    public async Task An_hour_has_five_codes_whatever_the_sign_in_and_used_ones_do_not_count(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using (var first = await app.SignInAsync(amina))
        {
            await EnterAsync(first, await app.CodeSentToAsync(amina.Email));
            Assert.Equal("/", first.Url);
        }

        using var browser = await app.SignInAsync(amina);
        for (var code = 2; code <= 5; code++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(30));
            await browser.ClickAsync("Resend");
            Assert.Equal(Page, browser.Url);
        }

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var another = await app.SignInAsync(amina);
        Assert.Equal(HttpStatusCode.TooManyRequests, another.Status);
        Assert.Contains("We send at most 5 codes an hour.", another.Alert, StringComparison.Ordinal);
        Assert.Contains("Use a recovery code", another.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase, Scenario("A-12")]
    public async Task Who_has_an_app_too_is_asked_for_the_app_and_may_pick_the_mail(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/second-factor", browser.Url);
        Assert.Equal(0, await app.ReadAsync(db => db.SentCodes.CountAsync(sent => sent.AccountId == amina.Id)));

        await browser.FollowAsync("Get a code by email");
        await EnterAsync(browser, await app.CodeSentToAsync(amina.Email));

        Assert.Equal("/", browser.Url);
    }

    [Theory, EachDatabase, Scenario("A-12", "A-06")]
    public async Task A_way_that_is_not_allowed_any_more_is_not_accepted(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        await app.AddAuthenticatorAsync(amina);
        using var browser = await app.SignInAsync(amina);
        await browser.FollowAsync("Get a code by email");
        var code = await app.CodeSentToAsync(amina.Email);
        await app.WriteAsync(db => db.OrganizationFactorSettings.Where(s => s.OrganizationId == amina.Organization.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Method, OrganizationMethod.Texts)));

        await EnterAsync(browser, code);
        Assert.Contains("not accepted any more", browser.Alert, StringComparison.Ordinal);
        await browser.OpenAsync(Page);
        Assert.Equal("/sign-in/second-factor", browser.Url);
    }

    [Theory, EachDatabase]
    public async Task A_mail_server_that_is_down_is_told_and_another_way_offered(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await AddPersonAsync(app);
        using var browser = await app.SignInAsync(amina);
        await app.CodeSentToAsync(amina.Email);
        await SetMessageAsync(app, amina, handedOverAt: null, lastAnswer: "421");

        await browser.OpenAsync(Page);

        Assert.Contains("Your code could not be sent yet; we keep trying.", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Use a recovery code", browser.Text, StringComparison.Ordinal);
    }

    private static async Task<TestPerson> AddPersonAsync(CardeaApp app)
    {
        var person = await app.AddPersonAsync();
        await app.AskForSecondFactorAsync(person.Organization, OrganizationMethod.Emails);
        await app.AddFactorAsync(person, FactorKinds.Email);
        return person;
    }

    /// <summary>As if the server for mails had done with their code on its way what is said here. The dispatcher leaves other kinds alone.</summary>
    private static Task SetMessageAsync(CardeaApp app, TestPerson person, DateTimeOffset? handedOverAt, string? lastAnswer) => app.WriteAsync(async db =>
    {
        var now = app.Clock.GetUtcNow();
        var message = new OutboxMessage
        {
            Id = app.Clock.NewId(),
            Kind = "of a newer version",
            State = OutboxState.Waiting,
            Attempts = 1,
            CreatedAt = now,
            NextAttemptAt = now,
            UselessAfter = now.AddHours(1),
            HandedOverAt = handedOverAt,
            LastAnswer = lastAnswer,
        };
        db.Add(message);
        await db.SaveChangesAsync();
        await db.SentCodes.Where(code => code.AccountId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(code => code.MessageId, message.Id));
    });

    private static Task EnterAsync(PersonBrowser browser, string code)
    {
        browser.Fill("Enter Code", code);
        return browser.ClickAsync("Submit");
    }

    private static string Other(string code) => code == "000000" ? "000001" : "000000";
}
