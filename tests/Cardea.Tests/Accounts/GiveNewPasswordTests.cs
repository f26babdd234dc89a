using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Tests.CommandLine;
using Cardea.Tests.EmailAddresses;

namespace Cardea.Tests.Accounts;

[Scenario("S2-03", "V6.4.1", "V6.4.6")]
public sealed class GiveNewPasswordTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    [Theory, EachDatabase]
    public async Task Whose_temporary_password_has_expired_gets_in_with_a_new_one_and_chooses_their_own(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        app.Clock.Advance(TimeSpan.FromHours(72));
        using var expired = await app.SignInAsync(amina);
        Assert.Equal("Your temporary password has expired. Ask your administrator for a new one.", expired.Alert);

        var given = await GivenAsync(app, amina);

        using var withOld = await app.SignInAsync(amina);
        Assert.Equal("Invalid credentials", withOld.Alert);
        using var withNew = await app.SignInAsync(amina, given.TemporaryPassword);
        Assert.Equal(("/sign-in/password", amina.Username), (withNew.Url, given.SignInName));
    }

    [Theory, EachDatabase]
    [Scenario("V7.4.3", "V6.3.7")]
    public async Task Whoever_is_in_is_out_and_the_owner_is_told_without_the_password(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync();
        using var browser = await app.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var given = await GivenAsync(app, amina);

        await browser.OpenAsync("/account");
        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        Assert.Equal(SessionEnd.PasswordChanged, await app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == amina.Id).Select(s => s.EndedBecause).SingleAsync()));
        var told = Assert.Single(await app.MailsToAsync(amina.Email, expected: 1));
        Assert.Equal("You have been given a new password", told.Subject);
        Assert.DoesNotContain(given.TemporaryPassword, told.ToString(), StringComparison.Ordinal);
        var entry = Assert.Single(await app.AuditAsync(), entry => entry.SubjectId == amina.Id && entry.Name == "password.given.v1");
        Assert.Equal("{\"SessionsEnded\":1}", entry.Payload);
    }

    /// <summary>Somebody is just replacing the temporary password that went astray: whom the administrator means comes first.</summary>
    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task A_replacement_that_was_on_its_way_does_not_undo_it(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var overtaken = app.Statements.HoldNextReader("PasswordHash");
        browser.Fill("New Password", "Quiet#Lantern88");
        browser.Fill("Confirm New Password", "Quiet#Lantern88");
        var replacing = browser.ClickAsync("Save");
        await overtaken.HasRead;

        var given = await GivenAsync(app, amina);
        overtaken.LetGoOn();
        await replacing;

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        using var withNew = await app.SignInAsync(amina, given.TemporaryPassword);
        Assert.Equal("/sign-in/password", withNew.Url);
    }

    [Theory, EachDatabase]
    public async Task A_disabled_account_gets_none(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(change: account => account.DisabledAt = app.Clock.GetUtcNow());

        Assert.IsType<GiveNewPasswordOutcome.IsDisabled>(await GiveAsync(app, amina));
        Assert.False(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordIsTemporary).SingleAsync()));
    }

    [Fact]
    public async Task The_command_line_prints_it_once()
    {
        var app = await apps.OnAsync(Database.Sqlite);
        var amina = await app.AddPersonAsync();

        var given = await app.CommandAsync("accounts", "new-password", "--organization", amina.Organization.Code, "--username", amina.Username);

        Assert.Equal((0, "", amina.Username), (given.ExitCode, given.Error, given.Fact("Username")));
        Assert.StartsWith(
            $"{amina.Username} has a new password, and was signed out everywhere. Hand over the temporary password: it is not shown again, and works until it is replaced or 72 hours have passed.",
            given.Output,
            StringComparison.Ordinal);
        using var browser = await app.SignInAsync(amina, given.Fact("Temporary password"));
        Assert.Equal("/sign-in/password", browser.Url);
    }

    private static async Task<GiveNewPasswordOutcome.Given> GivenAsync(CardeaApp app, TestPerson person) =>
        Assert.IsType<GiveNewPasswordOutcome.Given>(await GiveAsync(app, person));

    private static Task<GiveNewPasswordOutcome> GiveAsync(CardeaApp app, TestPerson person) =>
        app.RunAsync<GiveNewPassword, GiveNewPasswordOutcome>(give => give.RunAsync(new(person.Id, person.Organization.Id), CancellationToken.None));
}
