using System.Net;
using Cardea.Data;
using Cardea.Features.Recovery;
using Cardea.Tests.EmailAddresses;
using static Cardea.Tests.Recovery.RecoverySteps;

namespace Cardea.Tests.Recovery;

/// <summary>The mailed link, and the new password at its end.</summary>
[Scenario("S2-33", "S2-36")]
public sealed class ResetLinkTests(AppsWithLinks apps) : IClassFixture<AppsWithLinks>
{
    private const string IsOver = "This link no longer works";

    [Theory, EachDatabase]
    [Scenario("S0-13", "S2-34", "V6.3.7", "V7.4.3", "C-01")]
    public async Task Link_and_answer_lead_to_a_new_password_and_to_the_sign_in_page(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var elsewhere = await app.SignInAsync(amina);
        var link = await app.AskForLinkAsync(amina);
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(link);
        Assert.Equal("Password Reset: Answer Security Question", browser.Heading);
        await browser.AnswerAsync("  BLUE  Bicycle ");
        Assert.Equal(("/forgot-password/new", "Password Expired"), (browser.Url, browser.Heading));
        Assert.Contains(TestPerson.DisplayName, browser.Text, StringComparison.Ordinal);
        Assert.Contains(amina.Username, browser.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(5));

        await browser.ChooseAsync(NewPassword);

        Assert.Equal("Password Updated", browser.Heading);
        await browser.RefreshAsync();
        Assert.Equal((HttpStatusCode.OK, "Password Updated"), (browser.Status, browser.Heading));
        await browser.FollowAsync("Go to Home Page");
        Assert.Equal("/sign-in", browser.Url);   // nobody was signed in by it
        await browser.SignInAsync(amina);
        Assert.Equal("Invalid credentials", browser.Alert);
        await browser.SignInAsync(amina, NewPassword);
        Assert.Equal("/", browser.Url);
        await elsewhere.OpenAsync("/account");
        Assert.StartsWith("/sign-in", elsewhere.Url, StringComparison.Ordinal);
        Assert.Contains(await app.MailsToAsync(amina.Email, expected: 2), mail => mail.Subject == "Your password was changed");
        Assert.Contains(await app.AuditAsync(), entry => entry.Name == "password.reset.v1" && entry.SubjectId == amina.Id);
    }

    /// <summary>Whoever sits down next finds addresses in the history of the browser.</summary>
    [Theory, EachDatabase]
    [Scenario("V14.2.1", "X-02")]
    public async Task Its_secret_does_not_stay_in_the_address(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var link = await app.AskForLinkAsync(amina);
        using var browser = app.OpenBrowser();

        await browser.OpenAsync(link);

        Assert.Equal(("/forgot-password/link", "Password Reset: Answer Security Question"), (browser.Url, browser.Heading));
        Assert.DoesNotContain(link.Split('=')[1], browser.Html, StringComparison.Ordinal);
        await browser.AnswerAsync(TestPeople.Answer);
        await browser.OpenAsync("/forgot-password/link");
        Assert.Equal(IsOver, browser.Heading);
    }

    /// <summary>Two tabs, two people: the answer of one is no guess at the question of the other.</summary>
    [Theory, EachDatabase]
    public async Task The_answer_to_one_link_is_none_to_another(Database database)
    {
        var app = await apps.OnAsync(database);
        var (amina, boris) = (await app.AddForgetfulPersonAsync(), await app.AddForgetfulPersonAsync());
        using var browser = app.OpenBrowser();
        await browser.OpenAsync(await app.AskForLinkAsync(amina));
        browser.Fill(browser.Question, "red bicycle");
        var form = browser.FormOf("Submit");
        await browser.OpenAsync(await app.AskForLinkAsync(boris));

        await browser.SubmitAsync(form);

        Assert.Equal(IsOver, browser.Heading);
        Assert.Equal(0, await app.WrongAnswersAsync(boris));
        Assert.Equal(0, await app.WrongAnswersAsync(amina));
    }

    /// <summary>Mail programs open links by themselves, some many times, before anybody reads the mail.</summary>
    [Theory, EachDatabase]
    public async Task Opening_it_uses_nothing_up(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var link = await app.AskForLinkAsync(amina);
        using var scanner = app.OpenBrowser("198.51.100.77");
        for (var time = 0; time < 3; time++)
        {
            await scanner.OpenAsync(link);
            await scanner.SendAsync(new(HttpMethod.Head, link));
        }

        using var browser = await app.OpenAndAnswerAsync(link);
        await browser.ChooseAsync(NewPassword);
        Assert.Equal("Password Updated", browser.Heading);
    }

    [Theory, EachDatabase]
    [Scenario("A-04", "F-09")]
    public async Task Only_the_newest_works_and_only_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var first = await app.AskForLinkAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await app.AskForLinkAsync(amina, linksBefore: 1);
        using var browser = app.OpenBrowser();

        await browser.OpenAsync(first);
        Assert.Equal(IsOver, browser.Heading);
        using var right = await app.OpenAndAnswerAsync(second);
        await browser.OpenAsync(second);
        Assert.Equal(IsOver, browser.Heading);
        await right.ChooseAsync(NewPassword);
        Assert.Equal("Password Updated", right.Heading);
        await right.OpenAsync("/forgot-password/new");
        Assert.Equal(IsOver, right.Heading);
    }

    [Theory]
    [EachDatabase("23:59:59", true)]
    [EachDatabase("1.00:00:00", false)]
    [EachDatabase("1.00:00:01", false)]
    public async Task It_lives_for_a_day(Database database, string age, bool works)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        var link = await app.AskForLinkAsync(amina);
        app.Clock.Advance(TimeSpan.Parse(age, System.Globalization.CultureInfo.InvariantCulture));
        using var browser = app.OpenBrowser();

        await browser.OpenAsync(link);

        Assert.Equal(works, browser.Heading != IsOver);
    }

    [Theory]
    [EachDatabase("password")]
    [EachDatabase("address")]
    [EachDatabase("disabled")]
    [Scenario("A-04")]
    public async Task It_is_over_when_the_account_has_changed(Database database, string what)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var (opened, unopened) = (await app.AskForLinkAsync(amina), "");
        using var proven = await app.OpenAndAnswerAsync(opened);
        unopened = await app.AskForLinkAsync(amina, linksBefore: 1);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.ChangeAsync(amina, account =>
        {
            switch (what)
            {
                case "password":
                    account.PasswordSetAt = app.Clock.Now;
                    break;
                case "address":
                    (account.Email, account.NormalizedEmail) = ("new@clinic.example", "new@clinic.example");
                    break;
                default:
                    account.DisabledAt = app.Clock.Now;
                    break;
            }
        });
        using var browser = app.OpenBrowser();

        await browser.OpenAsync(unopened);
        Assert.Equal(IsOver, browser.Heading);
        await proven.ChooseAsync(NewPassword);
        Assert.Equal(IsOver, proven.Heading);
    }

    [Theory]
    [EachDatabase("")]
    [EachDatabase("short")]
    [EachDatabase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [Scenario("A-06")]
    public async Task One_that_we_did_not_send_opens_nothing(Database database, string secret)
    {
        var app = await apps.OnAsync(database);
        using var browser = app.OpenBrowser();

        await browser.OpenAsync($"/forgot-password/link?link={secret}");
        Assert.Equal((HttpStatusCode.OK, IsOver), (browser.Status, browser.Heading));
        browser.Cookies.Put("__Host-cardea-reset", secret);
        await browser.OpenAsync("/forgot-password/new");
        Assert.Equal((HttpStatusCode.OK, IsOver), (browser.Status, browser.Heading));
    }

    /// <summary>Steps cannot be skipped, and what one browser has proven is worth nothing in another (A-06; Keycloak CVE-2026-18963).</summary>
    [Theory, EachDatabase]
    [Scenario("A-06")]
    public async Task Without_the_answer_there_is_no_form_for_the_password(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var link = await app.AskForLinkAsync(amina);
        using var browser = await app.OpenAndAnswerAsync(link);
        var form = browser.FormOf("Save");
        using var other = app.OpenBrowser();
        await other.OpenAsync(link);
        await other.OpenAsync("/forgot-password/new");
        Assert.Equal(IsOver, other.Heading);
        other.Cookies.Put("__Host-cardea-reset", link.Split('=')[1]);   // the link's secret is no proof
        await other.OpenAsync("/forgot-password/new");
        Assert.Equal(IsOver, other.Heading);
        Assert.NotNull(form);
        using var stranger = await app.SignInAsync(amina);
        Assert.Equal("/", stranger.Url);
    }

    [Theory, EachDatabase]
    [Scenario("A-02", "A-04", "V15.4.1")]
    public async Task Of_many_new_passwords_at_once_one_counts(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var copies = Enumerable.Range(0, 6).Select(_ => browser.Copy(app)).ToList();
        foreach (var copy in copies)
        {
            await copy.OpenAsync("/forgot-password/new");
        }

        await Task.WhenAll(copies.Select((copy, number) => Task.Run(() => copy.ChooseAsync($"{NewPassword}{number}"))));

        var winner = Assert.Single(Enumerable.Range(0, copies.Count), number => copies[number].Heading == "Password Updated");
        using var anew = await app.SignInAsync(amina, $"{NewPassword}{winner}");
        Assert.Equal("/", anew.Url);
        copies.ForEach(copy => copy.Dispose());
    }

    [Theory, EachDatabase]
    public async Task Half_an_hour_after_the_answer_a_new_link_is_needed(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        app.Clock.Advance(TimeSpan.FromMinutes(30));

        await browser.ChooseAsync(NewPassword);

        Assert.Equal(IsOver, browser.Heading);
        Assert.Contains("Nothing was changed.", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [EachDatabase("short", "short", "Use at least 12 characters.")]
    [EachDatabase(NewPassword, "Quiet#lantern88", "The two entries differ.")]
    [EachDatabase("Rainy#Tuesday42", "Rainy#Tuesday42", "This is the password you have now.")]
    [Scenario("S2-12", "S2-13", "V6.2.11")]
    public async Task The_new_password_is_judged_as_everywhere(Database database, string password, string again, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));

        await browser.ChooseAsync(password, again);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        await browser.ChooseAsync(NewPassword);
        Assert.Equal("Password Updated", browser.Heading);
    }

    [Theory, EachDatabase]
    [Scenario("S0-07", "S0-08")]
    public async Task It_ends_a_temporary_lock(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var locked = app.OpenBrowser("198.51.100.20");
        await locked.OpenAsync("/sign-in");
        for (var wrong = 0; wrong < 6; wrong++)
        {
            await locked.SignInAsync(amina, "Wrong#Password42");
        }

        Assert.Contains("Account locked.", locked.Alert, StringComparison.Ordinal);
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina), "198.51.100.20");
        await browser.ChooseAsync(NewPassword);
        await browser.FollowAsync("Go to Home Page");

        await browser.SignInAsync(amina, NewPassword);

        Assert.Equal("/", browser.Url);
    }

    /// <summary>A hundred failures stop the name until an administrator acts, but not for whoever has just reset the password, where they did so.</summary>
    [Theory, EachDatabase]
    [Scenario("S0-08", "A-16")]
    public async Task It_gets_its_owner_in_past_the_hard_stop_but_does_not_lift_it(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress), ("Cardea:SignIn:HardStopAfter", "10"));
        var amina = await app.AddForgetfulPersonAsync();
        for (var source = 0; source < 3; source++)
        {
            using var stranger = app.OpenBrowser($"198.51.100.{source}");
            await stranger.OpenAsync("/sign-in");
            for (var wrong = 0; wrong < 4; wrong++)
            {
                await stranger.SignInAsync(amina, "Wrong#Password42");
            }
        }

        using var newDevice = await app.SignInAsync(amina, clientAddress: "192.0.2.50");
        Assert.Equal("Account locked. Contact your administrator.", newDevice.Alert);
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina), "192.0.2.50");
        await browser.ChooseAsync(NewPassword);
        await browser.FollowAsync("Go to Home Page");
        await browser.SignInAsync(amina, NewPassword);
        Assert.Equal("/", browser.Url);

        using var elsewhere = await app.SignInAsync(amina, NewPassword, "192.0.2.51");
        Assert.Equal("Account locked. Contact your administrator.", elsewhere.Alert);
    }

    /// <summary>V6.4.3: the password is reset, the second factor is not.</summary>
    [Theory, EachDatabase]
    [Scenario("V6.4.3", "A-06")]
    public async Task An_enrolled_second_factor_is_asked_for_afterwards(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        await app.AddAuthenticatorAsync(amina);
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        await browser.ChooseAsync(NewPassword);
        await browser.FollowAsync("Go to Home Page");

        await browser.SignInAsync(amina, NewPassword);

        Assert.Equal("/sign-in/second-factor", browser.Url);
    }

    [Theory, EachDatabase]
    [Scenario("S2-17")]
    public async Task It_is_a_door_for_an_expired_password_too(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", AppsWithLinks.PublicAddress));
        var amina = await app.AddForgetfulPersonAsync();
        app.Clock.Advance(TimeSpan.FromDays(61));
        using var browser = await app.OpenAndAnswerAsync(await app.AskForLinkAsync(amina));
        await browser.ChooseAsync(NewPassword);
        await browser.FollowAsync("Go to Home Page");

        await browser.SignInAsync(amina, NewPassword);

        Assert.Equal("/", browser.Url);   // a new one does not expire at once
    }

    [Theory, EachDatabase]
    [Scenario("A-08", "F-14")]
    public async Task It_is_built_from_the_public_address_never_from_the_request(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database, ("Cardea:PublicAddress", "https://signin.example.org"));
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        await browser.AskForLinkAsync(amina);
        await app.WorkOffRequestsAsync();

        var mail = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));

        Assert.Contains("https://signin.example.org/forgot-password/link?link=", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Without_a_public_address_the_mail_says_so_and_the_operator_is_told(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/forgot-password");
        await browser.AskForLinkAsync(amina);

        await app.WorkOffRequestsAsync();

        Assert.Contains("At the moment no link can be sent.", Assert.Single(await app.MailsToAsync(amina.Email, expected: 1)).TextBody, StringComparison.Ordinal);
        Assert.Contains(app.Logs.Lines, line => line.ToString().Contains("Cardea:PublicAddress is not set", StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    [Scenario("X-06", "S1-09")]
    public async Task Patients_reset_theirs_by_the_link_alone_and_staff_of_the_same_address_are_not_touched(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddForgetfulPersonAsync();
        var patient = await app.AddPatientAsync(email: amina.Email);
        using (var before = await app.SignInPatientAsync(patient))
        {
            Assert.Equal("/patient", before.Url);
        }

        using var browser = app.OpenBrowser();
        await browser.OpenAsync("/patient/sign-in");
        await browser.FollowAsync("Forgot Password");
        Assert.Equal("/patient/forgot-password", browser.Url);
        browser.Fill("Email Address", patient.Email);
        await browser.ClickAsync("Submit");
        Assert.Equal("/patient/forgot-password?sent=true", browser.Url);
        await browser.OpenAsync(await app.LinkSentToAsync(patient));
        Assert.Equal("Reset your password", browser.Heading);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await browser.ClickAsync("Continue");

        await browser.ChooseAsync(NewPassword);

        await browser.FollowAsync("Go to Home Page");
        Assert.Equal("/patient/sign-in", browser.Url);
        using var anew = await app.SignInPatientAsync(patient, NewPassword);
        Assert.Equal("/patient", anew.Url);
        using var staff = await app.SignInAsync(amina);
        Assert.Equal("/", staff.Url);
    }
}
