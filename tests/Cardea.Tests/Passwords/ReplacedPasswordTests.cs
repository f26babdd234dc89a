using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.Passwords;

/// <summary>A new password shuts out whoever knew the old one: those who are in, those on their way in, and those who would replace it as well.</summary>
[Scenario("S2-03", "V7.4.3", "A-05")]
public sealed class ReplacedPasswordTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string NewPassword = "Quiet#Lantern88";

    [Theory, EachDatabase]
    public async Task It_ends_all_other_sessions_and_moves_this_one_to_a_new_secret(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var other = await app.SignInAsync(amina);
        using var browser = await app.SignInAsync(amina);
        using var thief = browser.Copy(app);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await ReplaceAsync(browser, NewPassword);

        Assert.NotEqual("/sign-in/password", browser.Url);
        Assert.DoesNotContain("ended", browser.Url, StringComparison.Ordinal);
        foreach (var shutOut in (PersonBrowser[])[other, thief])
        {
            await shutOut.OpenAsync("/account");
            Assert.Equal("/sign-in?returnUrl=%2Faccount&ended=true", shutOut.Url);
        }

        Assert.Equal([null, SessionEnd.PasswordChanged], await EndsAsync(app, amina));
    }

    /// <summary>The old password was compared in time, but the session came after "all others" had ended.</summary>
    [Theory, EachDatabase]
    public async Task A_sign_in_that_was_on_its_way_with_the_old_one_is_over_at_once(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var overtaken = app.Statements.HoldNextReader("PasswordHash", "SignInNames");
        var onItsWay = app.SignInAsync(amina, clientAddress: "198.51.100.9");
        await overtaken.HasRead;

        await ReplaceAsync(browser, NewPassword);
        overtaken.LetGoOn();

        using var late = await onItsWay;
        await late.OpenAsync("/account");
        Assert.Equal("/sign-in", late.Url.Split('?')[0]);
        Assert.Equal([null, SessionEnd.PasswordChanged], await EndsAsync(app, amina));
    }

    /// <summary>Its hash is of an older recipe: writing today's hash of the old password must not undo the new one.</summary>
    [Theory, EachDatabase]
    [Scenario("F-04")]
    public async Task A_sign_in_that_was_on_its_way_does_not_bring_the_old_one_back_by_hashing_it_anew(Database database)
    {
        var app = await apps.OnAsync(database);
        var older = new PasswordHashes(Options.Create(new HashingSettings { MemoryKiB = 9_728 })).Hash(TestPeople.TemporaryPassword);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        await app.ChangeAsync(amina, account => account.PasswordHash = older);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var overtaken = app.Statements.HoldNextReader("PasswordHash", "SignInNames");
        var onItsWay = app.SignInAsync(amina, clientAddress: "198.51.100.9");
        await overtaken.HasRead;

        await ReplaceAsync(browser, NewPassword);
        overtaken.LetGoOn();
        (await onItsWay).Dispose();

        using var withOld = await app.SignInAsync(amina);
        Assert.Equal("Invalid credentials", withOld.Alert);
        using var withNew = await app.SignInAsync(amina, NewPassword);
        Assert.NotEqual("/sign-in", withNew.Url);
    }

    /// <summary>A temporary password went by telephone: several people may hold it, and one of them is the first.</summary>
    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task Of_several_who_replace_one_password_at_once_one_does_and_the_others_are_out(Database database)
    {
        await using var app = await CardeaApp.StartAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        PersonBrowser[] holders = [await app.SignInAsync(amina), await app.SignInAsync(amina), await app.SignInAsync(amina), await app.SignInAsync(amina)];
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await Task.WhenAll(holders.Select((holder, number) => Task.Run(() => ReplaceAsync(holder, $"{NewPassword}{number}"))));

        Assert.Single(await app.AuditAsync(), entry => entry.Name == "password.replaced.v1");
        var winner = Array.FindIndex(holders, holder => !holder.Url.StartsWith("/sign-in?", StringComparison.Ordinal));
        Assert.Equal(3, holders.Count(holder => holder.Url == "/sign-in?returnUrl=%2Fsign-in%2Fpassword&ended=true"));
        using var browser = await app.SignInAsync(amina, $"{NewPassword}{winner}");
        Assert.NotEqual("/sign-in", browser.Url);

        foreach (var holder in holders)
        {
            holder.Dispose();
        }
    }

    /// <summary>The form was sent, then somebody signed out in another tab or disabled the account, then the hash was ready.</summary>
    [Theory, EachDatabase]
    [Scenario("V7.4.1")]
    public async Task A_session_that_ended_meanwhile_replaces_nothing(Database database)
    {
        var app = await apps.OnAsync(database);
        var amina = await app.AddPersonAsync(PersonKind.New);
        using var browser = await app.SignInAsync(amina);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var overtaken = app.Statements.HoldNextReader("PasswordHash");
        var replacing = ReplaceAsync(browser, NewPassword);
        await overtaken.HasRead;

        using var tab = browser.Copy(app);
        await tab.OpenAsync("/sign-in/password");
        await tab.ClickAsync("Sign out");
        overtaken.LetGoOn();
        await replacing;

        Assert.StartsWith("/sign-in?", browser.Url, StringComparison.Ordinal);
        Assert.True(await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordIsTemporary).SingleAsync()));
        using var again = await app.SignInAsync(amina);
        Assert.Equal("/sign-in/password", again.Url);
    }

    private static Task ReplaceAsync(PersonBrowser browser, string password)
    {
        browser.Fill("New Password", password);
        browser.Fill("Confirm New Password", password);
        return browser.ClickAsync("Save");
    }

    private static Task<List<SessionEnd?>> EndsAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Sessions.Where(s => s.AccountId == person.Id).OrderBy(s => s.EndedBecause != null).Select(s => s.EndedBecause).ToListAsync());
}
