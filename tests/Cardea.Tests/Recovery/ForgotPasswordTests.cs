using System.Net;
using Cardea.Data;
using Cardea.Features.Recovery;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Recovery;

/// <summary>"User Information": who asks, and what everybody is told.</summary>
[Scenario("S2-30", "S2-31")]
public sealed class ForgotPasswordTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    private const string Said = "If what you entered matches an account, a link to reset its password is on its way to the email address of the account.";

    [Theory, EachDatabase]
    [Scenario("S0-12", "S2-32", "V14.1.2")]
    public async Task Code_username_and_address_bring_a_mail_with_a_link(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/sign-in");
        await browser.FollowAsync("Forgot Password");
        Assert.Equal(("/forgot-password", "User Information"), (browser.Url, browser.Heading));

        await browser.AskForLinkAsync(amina.Organization.Code, amina.Username, amina.Email.ToUpperInvariant());

        Assert.Equal((HttpStatusCode.OK, "/forgot-password?sent=true"), (browser.Status, browser.Url));
        Assert.Contains(Said, browser.Text, StringComparison.Ordinal);
        Assert.Contains("five minutes", browser.Text, StringComparison.Ordinal);
        Assert.Contains("spam", browser.Text, StringComparison.Ordinal);
        var link = await app.LinkSentToAsync(amina);
        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("Reset your password", mail.Subject);
        Assert.Contains($"Hello {TestPerson.DisplayName}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Reset My Password", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"{AppsWithLinks.PublicAddress}{link}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("available for 24 hours", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("If you did not make this request", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Split('=')[1], (await app.AuditAsync()).Select(entry => entry.Payload));
        Assert.Equal(0, await app.ReadAsync(db => db.RecoveryRequests.CountAsync()));
    }

    /// <summary>The same words, the same statements on the way to them, and no mail.</summary>
    [Theory]
    [EachDatabase("code")]
    [EachDatabase("username")]
    [EachDatabase("case of the username")]
    [EachDatabase("address")]
    [Scenario("A-01", "V6.3.8")]
    public async Task Whoever_does_not_match_is_told_the_same(Database database, string wrong)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var (rightText, rightStatements) = await AskAsync(amina.Organization.Code, amina.Username, amina.Email);
        await app.WorkOffRequestsAsync();
        Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));

        var (text, statements) = wrong switch
        {
            "code" => await AskAsync("NOWHERE", amina.Username, amina.Email),
            "username" => await AskAsync(amina.Organization.Code, "nobody", amina.Email),
            "case of the username" => await AskAsync(amina.Organization.Code, amina.Username.ToUpperInvariant(), amina.Email),
            _ => await AskAsync(amina.Organization.Code, amina.Username, "somebody@else.example"),
        };

        Assert.Equal((rightText, rightStatements), (text, statements));
        await app.WorkOffRequestsAsync();
        Assert.Equal(1, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id)));
        Assert.Equal(0, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == null)));

        async Task<(string Text, string Statements)> AskAsync(string code, string username, string email)
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/forgot-password");
            app.Statements.Clear();
            await browser.AskForLinkAsync(code, username, email);
            return ($"{(int)browser.Status} {browser.Url} {browser.Text} {string.Join(' ', browser.SetCookies)}", string.Join('\n', app.Statements.TextsOfRequests));
        }
    }

    [Theory]
    [EachDatabase("", "", "", "Enter your organization code. Enter your username. Enter your email address.")]
    [EachDatabase("NORTH", "amina", "no address", "This is no email address.")]
    [EachDatabase("NORTH", "amina", "a@b.example\r\nBcc: c@d.example", "This is no email address.")]
    [Scenario("A-11")]
    public async Task What_cannot_be_right_is_said_and_kept_for_mending(Database database, string code, string username, string email, string sentence)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");

        await browser.AskForLinkAsync(code, username, email);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        foreach (var part in sentence.Split(". "))
        {
            Assert.Contains(part.TrimEnd('.'), browser.Alert, StringComparison.Ordinal);
        }

        Assert.Equal(username, browser.Field("Username").GetAttribute("value") ?? "");
    }

    /// <summary>It would fill the mailbox, and hide the one that counts.</summary>
    [Theory, EachDatabase]
    [Scenario("A-20")]
    public async Task Nobody_gets_more_than_five_mails_an_hour(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        for (var time = 0; time < 7; time++)
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/forgot-password");
            await browser.AskForLinkAsync(amina);
        }

        await app.WorkOffRequestsAsync();
        Assert.Equal(5, await SentAsync());
        Assert.Equal(2, (await app.AuditAsync()).Count(entry => entry.Name == "reset.asked.v1" && entry.Payload.Contains("MailEnough", StringComparison.Ordinal)));

        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.AskForLinkAsync(amina, linksBefore: 5);
        Assert.Equal(6, await SentAsync());

        Task<int> SentAsync() => app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.AccountId == amina.Id && m.Kind == ResetLinkMail.Kind));
    }

    /// <summary>What strangers type is nobody's business, and may be a password in the wrong field.</summary>
    [Theory, EachDatabase]
    [Scenario("V14.2.1")]
    public async Task What_was_typed_lies_nowhere_in_the_clear(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        await browser.AskForLinkAsync("NORTH", "canary-in-the-username", "canary@else.example");

        var request = await app.ReadAsync(db => db.RecoveryRequests.AsNoTracking().SingleAsync());
        Assert.DoesNotContain("canary", System.Text.Encoding.Latin1.GetString(request.Payload), StringComparison.Ordinal);
        await app.WorkOffRequestsAsync();
        Assert.DoesNotContain(await app.AuditAsync(), entry => entry.Payload.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs.Lines, line => line.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.Equal("203.0.113.7", Assert.Single(await app.AuditAsync(), entry => entry.Name == "reset.asked.v1").Address);
    }

    /// <summary>The server was away: who asked has asked again, or found another way, and a link out of the blue would only frighten.</summary>
    [Theory, EachDatabase]
    public async Task A_request_that_waited_for_more_than_an_hour_is_dropped(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        await browser.AskForLinkAsync(amina);
        var longAgo = app.Clock.Now - TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1);   // the clock stands still, so that no round of the server's is first
        await app.WriteAsync(db => db.Database.ExecuteSqlAsync($"""UPDATE "RecoveryRequests" SET "MadeAt" = {db.Stored(longAgo)}"""));

        await app.WorkOffRequestsAsync();

        Assert.Equal(0, await app.ReadAsync(db => db.RecoveryRequests.CountAsync()));
        Assert.Equal(0, await app.ReadAsync(db => db.OutboxMessages.CountAsync()));
    }

    /// <summary>Two nodes work off the same request at once: one mail.</summary>
    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task Of_two_nodes_one_answers(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        await using var other = app.StartSecondNode(("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var people = new List<TestPerson>();
        for (var number = 0; number < 6; number++)
        {
            var person = await app.AddForgetfulPersonAsync();
            people.Add(person);
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/forgot-password");
            await browser.AskForLinkAsync(person);
        }

        await Task.WhenAll(Task.Run(app.WorkOffRequestsAsync), Task.Run(other.WorkOffRequestsAsync));

        Assert.Equal(people.Count, await app.ReadAsync(db => db.ResetLinks.CountAsync()));
        Assert.Equal(people.Count, await app.ReadAsync(db => db.OutboxMessages.CountAsync(m => m.Kind == ResetLinkMail.Kind)));
    }

    [Theory, EachDatabase]
    [Scenario("X-01")]
    public async Task Whoever_forgot_the_username_asks_by_the_address_and_gets_a_list(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddPersonAsync();
        var elsewhere = await app.AddPersonAsync();
        await app.ChangeAsync(elsewhere, account => (account.Email, account.NormalizedEmail) = (amina.Email, amina.Email));
        var gone = await app.AddPersonAsync();
        await app.ChangeAsync(gone, account => (account.Email, account.NormalizedEmail, account.DisabledAt) = (amina.Email, amina.Email, app.Clock.Now));
        await app.AddPatientAsync(email: amina.Email);
        var said = await AskAsync(amina.Email);
        Assert.Equal(said, await AskAsync("nobody@else.example"));
        await app.WorkOffRequestsAsync();

        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));

        Assert.Contains($"organization code {amina.Organization.Code}, username {amina.Username}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"organization code {elsewhere.Organization.Code}, username {elsewhere.Username}", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(gone.Username, mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(1, await app.ReadAsync(db => db.OutboxMessages.CountAsync()));

        async Task<string> AskAsync(string email)
        {
            using var browser = app.OpenBrowser();
            await browser.OpenAsync("/forgot-password");
            await browser.FollowAsync("I forgot my organization code or username");
            browser.Fill("Email Address", email);
            await browser.ClickAsync("Submit");
            return $"{browser.Url} {browser.Text}";
        }
    }

    [Theory, EachDatabase]
    [Scenario("X-01", "S0-12", "S0-13")]
    public async Task Each_preset_asks_for_what_its_people_sign_in_with(Database database)
    {
        await using var portal = await CardeaApp.StartAsync(database, ("Cardea:Policy", "clinical-portal"));
        using var atPortal = portal.OpenBrowser();
        await atPortal.OpenAsync("/forgot-password");
        Assert.Equal(["Username"], atPortal.Document.QuerySelectorAll("#ask-form label").Select(label => label.TextContent.Trim()));
        Assert.NotNull(atPortal.FormOf("OK"));

        await using var clinic = await CardeaApp.StartAsync(database, ("Cardea:Policy", "clinic"));
        using var atClinic = clinic.OpenBrowser();
        await atClinic.OpenAsync("/forgot-password");
        Assert.Equal(["Email Address"], atClinic.Document.QuerySelectorAll("#ask-form label").Select(label => label.TextContent.Trim()));
        await atClinic.OpenAsync("/forgot-password/names");
        Assert.Equal(HttpStatusCode.NotFound, atClinic.Status);
    }
}
