using System.Net;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Passwords;

/// <summary>"Change Password" of somebody who is in (S2-11).</summary>
[Scenario("S2-11", "V6.2.2", "V6.2.3")]
public sealed class ChangePasswordTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string NewPassword = "Quiet#Lantern88";

    [Theory, EachDatabase]
    [Scenario("V6.3.7", "V7.2.4", "V7.4.3")]
    public async Task It_is_confirmed_told_by_mail_and_ends_all_other_sessions(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var other = await app.SignInAsync(amina);
        using var browser = await app.SignInAsync(amina);
        using var thief = browser.Copy(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.OpenAsync("/account");
        await browser.FollowAsync("Change Password");
        Assert.Equal("Change Password", browser.Heading);
        Assert.Contains("Amina Diallo", browser.Text, StringComparison.Ordinal);
        Assert.Contains(amina.Username, browser.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await ChangeAsync(browser, amina.Password, NewPassword);

        Assert.Equal("Password Updated", browser.Heading);
        await browser.RefreshAsync();
        Assert.Equal((HttpStatusCode.OK, "Password Updated"), (browser.Status, browser.Heading));
        foreach (var shutOut in (PersonBrowser[])[other, thief])
        {
            await shutOut.OpenAsync("/account");
            Assert.Equal("/sign-in?returnUrl=%2Faccount&ended=true", shutOut.Url);
        }

        var mails = await app.MailsToAsync(amina.Email, expected: 2);   // the other is of the new devices
        var told = Assert.Single(mails, mail => mail.Subject == "Your password was changed");
        Assert.DoesNotContain(NewPassword, told.TextBody, StringComparison.Ordinal);
        using var withOld = await app.SignInAsync(amina);
        Assert.Equal("Invalid credentials", withOld.Alert);
        using var withNew = await app.SignInAsync(amina, NewPassword);
        Assert.Equal("/", withNew.Url);
    }

    [Theory]
    [EachDatabase("", NewPassword, NewPassword, "Enter your current password.")]
    [EachDatabase("Rainy#Tuesday42", "", "", "Enter a new password.")]
    [EachDatabase("Rainy#Tuesday42", NewPassword, "", "Enter the new password again.")]
    [EachDatabase("Rainy#Tuesday42", NewPassword, "quiet#Lantern88", "The two entries differ. Enter the new password again.")]
    [EachDatabase("Wrong#Password42", NewPassword, NewPassword, "This is not your current password. Enter it again.")]
    [EachDatabase("Rainy#Tuesday42", "short", "short", "Use at least 12 characters.")]
    [EachDatabase("Rainy#Tuesday42", "Rainy#Tuesday42", "Rainy#Tuesday42", "This is the password you have now. Choose another.")]
    public async Task What_is_wrong_is_said_and_changes_nothing(Database database, string current, string next, string again, string sentence)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        Assert.Equal("Rainy#Tuesday42", amina.Password);
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account/password");

        await ChangeAsync(browser, current, next, again);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains(sentence, browser.Alert, StringComparison.Ordinal);
        Assert.All(browser.Document.QuerySelectorAll("input[type=password]"), field => Assert.Null(field.GetAttribute("value")));
        await browser.OpenAsync("/account");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        using var anew = await app.SignInAsync(amina);
        Assert.Equal("/", anew.Url);
    }

    /// <summary>Whoever finds an open session could guess here as well as at the sign-in page; another device or network is no way around.</summary>
    [Theory, EachDatabase]
    [Scenario("A-02", "V6.3.1")]
    public async Task Five_wrong_current_ones_lock_for_a_while_whatever_device_the_session_is_shown_by(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        await browser.OpenAsync("/account/password");
        for (var wrong = 1; wrong <= 5; wrong++)
        {
            await ChangeAsync(browser, $"Wrong#Password{wrong}", NewPassword);
            Assert.Contains("This is not your current password.", browser.Alert, StringComparison.Ordinal);
        }

        await ChangeAsync(browser, amina.Password, NewPassword);
        Assert.Contains("Too many wrong passwords. Nothing was changed. Wait 3 minutes and try again.", browser.Alert, StringComparison.Ordinal);
        using (var elsewhere = browser.Copy(app, "198.51.100.9"))
        {
            elsewhere.Cookies.Put("__Host-cardea-device", Secrets.New());
            await elsewhere.OpenAsync("/account/password");
            await ChangeAsync(elsewhere, amina.Password, NewPassword);
            Assert.Contains("Too many wrong passwords.", elsewhere.Alert, StringComparison.Ordinal);
        }

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await browser.OpenAsync("/account/password");
        await ChangeAsync(browser, amina.Password, NewPassword);
        Assert.Equal("Password Updated", browser.Heading);
    }

    [Theory, EachDatabase]
    [Scenario("S2-13")]
    public async Task None_of_the_last_ten_comes_back(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        string[] passwords = [amina.Password, .. Enumerable.Range(1, 9).Select(number => $"{NewPassword}-{number}")];
        foreach (var (current, next) in passwords.Zip(passwords.Skip(1)))
        {
            await TryAsync(current, next);
            Assert.Equal("Password Updated", browser.Heading);
        }

        await TryAsync(passwords[^1], passwords[0]);
        Assert.Contains("You have used this password before. Choose one that is none of your last 10.", browser.Alert, StringComparison.Ordinal);
        await TryAsync(passwords[^1], $"{NewPassword}-10");
        Assert.Equal("Password Updated", browser.Heading);
        await TryAsync($"{NewPassword}-10", passwords[0]);
        Assert.Equal("Password Updated", browser.Heading);
        Assert.Equal(9, await app.ReadAsync(db => db.FormerPasswords.CountAsync(p => p.AccountId == amina.Id)));

        async Task TryAsync(string current, string next)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await browser.OpenAsync("/account/password");
            await ChangeAsync(browser, current, next);
        }
    }

    /// <summary>A new temporary password is no way around the list, and never on it.</summary>
    [Theory, EachDatabase]
    [Scenario("S2-13", "S2-03")]
    public async Task Nor_does_it_after_an_administrator_gave_a_temporary_one(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var account = await app.RunAsync((AccountFinder finder) =>
            finder.FindAsync(Audience.Staff, amina.Organization.Code, amina.Username, CancellationToken.None));
        var given = Assert.IsType<GiveNewPasswordOutcome.Given>(
            await app.RunAsync((GiveNewPassword give) => give.RunAsync(account!, CancellationToken.None)));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = await app.SignInAsync(amina, given.TemporaryPassword);
        Assert.Equal("/sign-in/password", browser.Url);

        browser.Fill("New Password", amina.Password);
        browser.Fill("Confirm New Password", amina.Password);
        await browser.ClickAsync("Save");
        Assert.Contains("You have used this password before.", browser.Alert, StringComparison.Ordinal);

        browser.Fill("New Password", NewPassword);
        browser.Fill("Confirm New Password", NewPassword);
        await browser.ClickAsync("Save");
        Assert.Equal("/", browser.Url);
        Assert.Equal(1, await app.ReadAsync(db => db.FormerPasswords.CountAsync(p => p.AccountId == amina.Id)));
    }

    [Theory, EachDatabase]
    [Scenario("V15.4.1", "V2.3.4")]
    public async Task Of_several_changes_at_once_one_counts_and_the_others_are_out(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        PersonBrowser[] browsers = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.SignInAsync(amina)))];
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var browser in browsers)
        {
            await browser.OpenAsync("/account/password");
        }

        await Task.WhenAll(browsers.Select((browser, number) => Task.Run(() => ChangeAsync(browser, amina.Password, $"{NewPassword}{number}"))));

        var winner = Assert.Single(Enumerable.Range(0, 4), number => browsers[number].Heading == "Password Updated");
        Assert.Equal(1, await app.ReadAsync(db => db.FormerPasswords.CountAsync(p => p.AccountId == amina.Id)));
        Assert.Equal(1, await app.ReadAsync(db => db.Sessions.CountAsync(s => s.AccountId == amina.Id && s.EndedAt == null)));
        using var anew = await app.SignInAsync(amina, $"{NewPassword}{winner}");
        Assert.Equal("/", anew.Url);
        foreach (var browser in browsers)
        {
            browser.Dispose();
        }
    }

    [Theory, EachDatabase]
    [Scenario("X-06")]
    public async Task Patients_change_theirs(Database database)
    {
        var app = await apps.OnAsync(database);
        var patient = await app.AddPatientAsync();
        using var browser = await app.SignInPatientAsync(patient);
        Assert.NotNull(browser.Document.QuerySelector("main a[href='/account/password']"));
        await browser.OpenAsync("/account/password");

        await ChangeAsync(browser, patient.Password, NewPassword);

        Assert.Equal("Password Updated", browser.Heading);
        await browser.FollowAsync("Continue");
        Assert.Equal("/patient", browser.Url);
    }

    private static Task ChangeAsync(PersonBrowser browser, string current, string next, string? again = null)
    {
        browser.Fill("Current Password", current);
        browser.Fill("New Password", next);
        browser.Fill("Confirm New Password", again ?? next);
        return browser.ClickAsync("Save");
    }
}
