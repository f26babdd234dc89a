using System.Net;
using Cardea.Features.Passwords;
using Cardea.Rules.Passwords;

namespace Cardea.Tests.Passwords;

[Scenario("S2-12", "S2-13", "V6.2.1", "V6.2.11")]
public sealed class NewPasswordTests(CardeaApps apps)
{
    [Theory]
    [EachDatabase("short", new[] { "Use at least 12 characters.", "Add an upper-case letter (A–Z).", "Add a number (0–9).", "Add one of these characters: ~@#$%^*()-_+={}[]/?" })]
    [EachDatabase("QUIET#LANTERN88", new[] { "Add a lower-case letter (a–z)." })]
    [EachDatabase("Quiet#Lantern88Quiet#Lantern888", new[] { "Use at most 30 characters." })]
    [EachDatabase("Quiet#Lan\ttern88", new[] { "There is a character that cannot be seen, such as a tab. Leave it out." })]
    [EachDatabase("password1234", new[] { "Many people use this password, so it is easily guessed. Choose another." })]
    [EachDatabase(TestPeople.TemporaryPassword, new[] { "This is the password you have now. Choose another." })]
    public async Task Every_unmet_rule_is_named_and_nothing_is_changed(Database database, string candidate, string[] sentences)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);

        browser.Fill("New Password", candidate);
        browser.Fill("Confirm New Password", candidate);
        await browser.ClickAsync("Save");

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.All(sentences, sentence => Assert.Contains(sentence, browser.Text, StringComparison.Ordinal));
        Assert.True(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordIsTemporary).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task What_everybody_around_a_person_knows_is_no_password_for_them(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);

        foreach (var known in (string[])[amina.Organization.Code, amina.Username, TestPerson.GivenName, TestPerson.FamilyName, "Cardea"])
        {
            browser.Fill("New Password", $"{known}#2026");
            browser.Fill("Confirm New Password", $"{known}#2026");
            await browser.ClickAsync("Save");

            Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
            Assert.Contains("This is your name, your username, your organization or our product.", browser.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>Everybody who has a mail from them knows it.</summary>
    [Theory]
    [EachDatabase("clinic", "Amina.Diallo2026?")]
    [EachDatabase("nist", "amina.diallo.2026!")]
    [EachDatabase("nist", "amina.diallo@clinic.example")]
    public async Task Where_people_sign_in_with_an_address_what_stands_before_its_at_is_known_too(Database database, string preset, string candidate)
    {
        var app = await apps.OnAsync(database, preset);

        var refusals = await app.RunAsync<PasswordChecker, IReadOnlyList<PasswordRefusal>>(passwords => passwords.CheckAsync(
            candidate, new(Guid.CreateVersion7(), "CLINIC", "amina.diallo@clinic.example", "Given", "Family"), TestContext.Current.CancellationToken));

        Assert.Equal([PasswordRefusal.ContainsOwnWord], refusals);
    }

    [Theory]
    [EachDatabase("Quiet#Lant8n")]
    [EachDatabase("Quiet#Lantern88Quiet#Lantern88")]
    public async Task The_shortest_and_the_longest_allowed_are_taken(Database database, string candidate)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);

        browser.Fill("New Password", candidate);
        browser.Fill("Confirm New Password", candidate);
        await browser.ClickAsync("Save");

        Assert.False(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordIsTemporary).SingleAsync()));
    }
}
