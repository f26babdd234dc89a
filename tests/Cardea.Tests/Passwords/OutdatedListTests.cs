using System.Security.Cryptography;
using Cardea.Features.Passwords;

namespace Cardea.Tests.Passwords;

/// <summary>A password that came onto the lists of common ones after it was set is replaced at the next sign-in.</summary>
[Scenario("N-04")]
public sealed class OutdatedListTests(CardeaApps apps) : IClassFixture<CardeaApps>
{
    private const string Common = "Password123!";

    [Theory]
    [EachDatabase(Common, -1, "/sign-in/password")]
    [EachDatabase(Common, 0, "/")]   // it was checked against these very lists when it was set
    [EachDatabase(TestPeople.OwnPassword, -1, "/")]
    public async Task It_is_looked_up_again_if_it_is_older_than_the_lists(Database database, string password, int daysAfterTheLists, string page)
    {
        var app = await apps.OnAsync(database, "clinical-portal");   // passwords do not expire there
        var amina = await app.AddPersonAsync(change: account =>
        {
            account.PasswordHash = TestHashes.Of(password, app.HashesCheaply);
            account.PasswordSetAt = CommonPasswords.ListsSince.AddDays(daysAfterTheLists);
        });
        await app.WriteAsync(db => db.SignInNames.Where(name => name.AccountId == amina.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(name => name.Scope, Features.Accounts.SignInName.AllUsernames)));

        using var browser = app.OpenBrowser();
        await SignInAsync(browser, amina, password);

        Assert.Equal(page, browser.Url);
        Assert.Equal(page is "/sign-in/password" ? 1 : 0, (await app.AuditAsync()).Count(e => e.Name == "password.flagged_compromised.v1" && e.SubjectId == amina.Id));
    }

    /// <summary>The step asks for no former password, since it was typed a moment ago: not by whoever stands before a screen left open elsewhere.</summary>
    [Theory, EachDatabase]
    [Scenario("X-03", "V6.2.3")]
    public async Task Nobody_at_another_screen_gets_to_choose_the_new_one(Database database)
    {
        var app = await apps.OnAsync(database, "clinical-portal");
        var amina = await app.AddPersonAsync(change: account => account.PasswordSetAt = CommonPasswords.ListsSince.AddDays(-1));
        await app.WriteAsync(db => db.SignInNames.Where(name => name.AccountId == amina.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(name => name.Scope, Features.Accounts.SignInName.AllUsernames)));
        using var leftOpen = app.OpenBrowser();
        await SignInAsync(leftOpen, amina, amina.Password);
        Assert.Equal("/", leftOpen.Url);
        await app.ChangeAsync(amina, account => account.PasswordHash = TestHashes.Of(Common, app.HashesCheaply));   // as if it had been on no list then

        using var owner = app.OpenBrowser();
        await SignInAsync(owner, amina, Common);
        Assert.Equal("/sign-in/password", owner.Url);
        await leftOpen.OpenAsync("/account");

        Assert.Equal("/sign-in?returnUrl=%2Faccount&ended=true", leftOpen.Url);
    }

    /// <summary>Nothing is known against what its owner chose while the former one was on its way.</summary>
    [Theory, EachDatabase]
    [Scenario("V15.4.1")]
    public async Task A_password_that_takes_its_place_at_this_moment_is_not_flagged_for_it(Database database)
    {
        var app = await apps.OnAsync(database, "clinical-portal");
        var amina = await app.AddPersonAsync(change: account =>
        {
            account.PasswordHash = TestHashes.Of(Common, app.HashesCheaply);
            account.PasswordSetAt = CommonPasswords.ListsSince.AddDays(-1);
        });
        await app.WriteAsync(db => db.SignInNames.Where(name => name.AccountId == amina.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(name => name.Scope, Features.Accounts.SignInName.AllUsernames)));
        using var late = app.OpenBrowser();
        var overtaken = app.Statements.HoldNextReader("PasswordHash", "SignInNames");
        var onItsWay = SignInAsync(late, amina, Common);
        await overtaken.HasRead;

        await app.ChangeAsync(amina, account =>
        {
            account.PasswordHash = TestHashes.Of(TestPeople.OwnPassword, app.HashesCheaply);
            account.PasswordSetAt = app.Clock.GetUtcNow();
        });
        overtaken.LetGoOn();
        await onItsWay;

        Assert.Null(await app.ReadAsync(db => db.Accounts.Where(account => account.Id == amina.Id).Select(account => account.PasswordCompromisedAt).SingleAsync()));
        await late.OpenAsync("/account");
        Assert.StartsWith("/sign-in?", late.Url, StringComparison.Ordinal);
    }

    private static async Task SignInAsync(PersonBrowser browser, TestPerson person, string password)
    {
        await browser.OpenAsync("/sign-in");
        browser.Fill("Username", person.Username);
        browser.Fill("Password", password);
        await browser.ClickAsync("Login");
    }

    /// <summary>New lists? Set <see cref="CommonPasswords.ListsSince"/> to the day of the release that brings them, and this to what they are now.</summary>
    [Fact]
    public void The_lists_are_those_since_when_passwords_are_held_against_them()
    {
        var package = typeof(Zxcvbn.Zxcvbn).Assembly;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in package.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var list = package.GetManifestResourceStream(name)!;
            using var copy = new MemoryStream();
            list.CopyTo(copy);
            digest.AppendData(copy.ToArray());
        }

        Assert.Equal("9B7AEA007BFA4C1F", Convert.ToHexString(digest.GetHashAndReset())[..16]);
    }
}
