using Cardea.Features.Passwords;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.SignIn;

/// <summary>Costs are raised over the years; who signs in is carried along.</summary>
[Scenario("F-04", "V11.4.2")]
public sealed class OlderHashTests
{
    [Theory]
    [EachDatabase(HashAlgorithm.Argon2id, "$argon2id$v=19$m=9728,t=2,p=1$")]
    [EachDatabase(HashAlgorithm.Pbkdf2Sha512, "$pbkdf2-sha512$i=220000$")]
    public async Task A_right_password_under_an_older_hash_signs_in_and_is_hashed_as_today(Database database, HashAlgorithm algorithm, string oldHeader)
    {
        await using var app = await CardeaApp.StartAsync(database, TestHashes.RealCost);
        var older = new PasswordHashes(Options.Create(new HashingSettings { Algorithm = algorithm, MemoryKiB = 9_728 })).Hash(TestPeople.OwnPassword);
        Assert.StartsWith(oldHeader, older, StringComparison.Ordinal);
        var amina = await app.AddPersonAsync(change: account => account.PasswordHash = older);

        using var browser = await app.SignInAsync(amina);
        Assert.Equal("/", browser.Url);

        var now = await app.ReadAsync(db => db.Accounts.Where(a => a.Id == amina.Id).Select(a => a.PasswordHash).SingleAsync());
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", now, StringComparison.Ordinal);
        using var again = await app.SignInAsync(amina);
        Assert.Equal("/", again.Url);
    }
}
