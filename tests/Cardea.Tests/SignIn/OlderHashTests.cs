using Cardea.Features.Passwords;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.SignIn;

/// <summary>Costs are raised over the years; who signs in is carried along.</summary>
[Scenario("F-04", "V11.4.2")]
public sealed class OlderHashTests
{
    private const string Argon2 = "$argon2id$v=19$m=19456,t=2,p=1$", Pbkdf2 = "$pbkdf2-sha512$i=220000$";

    private static readonly (string Key, string Value) IsFips = ("Cardea:Hashing:Algorithm", "Pbkdf2Sha512");

    public enum Change
    {
        MoreMemory,
        MorePasses,
        ToPbkdf2,
        MoreIterations,
        BackToArgon2,
    }

    [Theory]
    [EachDatabase(Change.MoreMemory, "$argon2id$v=19$m=9728,t=2,p=1$", Argon2)]
    [EachDatabase(Change.MorePasses, Argon2, "$argon2id$v=19$m=19456,t=3,p=1$")]
    [EachDatabase(Change.ToPbkdf2, Argon2, Pbkdf2)]
    [EachDatabase(Change.MoreIterations, Pbkdf2, "$pbkdf2-sha512$i=230000$")]
    [EachDatabase(Change.BackToArgon2, Pbkdf2, Argon2)]
    public async Task A_right_password_under_an_older_hash_signs_in_and_is_hashed_as_today(Database database, Change change, string oldHeader, string newHeader)
    {
        await using var app = await CardeaApp.StartAsync(database, [TestHashes.RealCost, .. SettingsAfter(change)]);
        var older = new PasswordHashes(Options.Create(SettingsBefore(change))).Hash(TestPeople.OwnPassword);
        Assert.StartsWith(oldHeader, older, StringComparison.Ordinal);
        var amina = await app.AddPersonAsync(change: account => account.PasswordHash = older);
        using var wrong = await app.SignInAsync(amina, "Wrong#Password11");
        Assert.Equal(("Invalid credentials", older), (wrong.Alert, await HashOfAsync(app, amina)));

        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/", browser.Url);

        var now = await HashOfAsync(app, amina);
        Assert.StartsWith(newHeader, now, StringComparison.Ordinal);
        using var again = await app.SignInAsync(amina);
        Assert.Equal(("/", now), (again.Url, await HashOfAsync(app, amina)));
    }

    private static HashingSettings SettingsBefore(Change change) => change switch
    {
        Change.MoreMemory => new() { MemoryKiB = 9_728 },
        Change.MorePasses or Change.ToPbkdf2 => new(),
        Change.MoreIterations or Change.BackToArgon2 => new() { Algorithm = HashAlgorithm.Pbkdf2Sha512 },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static (string Key, string Value)[] SettingsAfter(Change change) => change switch
    {
        Change.MoreMemory or Change.BackToArgon2 => [],
        Change.MorePasses => [("Cardea:Hashing:Passes", "3")],
        Change.ToPbkdf2 => [IsFips],
        Change.MoreIterations => [IsFips, ("Cardea:Hashing:Iterations", "230000")],
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static Task<string?> HashOfAsync(CardeaApp app, TestPerson person) =>
        app.ReadAsync(db => db.Accounts.Where(a => a.Id == person.Id).Select(a => a.PasswordHash).SingleAsync());
}
