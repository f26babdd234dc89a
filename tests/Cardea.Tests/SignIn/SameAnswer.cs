using Cardea.Features.Passwords;
using Microsoft.Extensions.Options;

namespace Cardea.Tests.SignIn;

/// <summary>One way in which credentials can be wrong.</summary>
public sealed record WrongCredentials(string Case, string OrganizationCode, string Username, string Password)
{
    /// <summary>Every way: accounts that exist, do not exist, are disabled, were never used, have no password or one hashed more cheaply (S0-05, A-01).</summary>
    public static async Task<IReadOnlyList<WrongCredentials>> AllAsync(CardeaApp app)
    {
        var amina = await app.AddPersonAsync();
        var disabled = await app.AddPersonAsync(change: account => account.DisabledAt = app.Clock.GetUtcNow());
        var fresh = await app.AddPersonAsync(PersonKind.New);
        var withoutPassword = await app.AddPersonAsync(change: account => account.PasswordHash = null);
        var cheap = new PasswordHashes(Options.Create(new HashingSettings { MemoryKiB = 9_728 })).Hash(TestPeople.OwnPassword);
        var oldHash = await app.AddPersonAsync(change: account => account.PasswordHash = cheap);
        var code = amina.Organization.Code;
        var (nobody, nowhere) = ($"{amina.Username}x", $"{code}9");
        return
        [
            new("wrong password", code, amina.Username, "Wrong#Password11"),
            new("unknown name", code, nobody, amina.Password),
            new("unknown organization", nowhere, amina.Username, amina.Password),
            new("name in another case", code, amina.Username.ToUpperInvariant(), amina.Password),
            new("organization in another case", code.ToLowerInvariant(), amina.Username, amina.Password),
            new("password in another case", code, amina.Username, amina.Password.ToUpperInvariant()),
            new("everything wrong", nowhere, nobody, "Wrong#Password11"),
            new("disabled, right password", disabled.Organization.Code, disabled.Username, disabled.Password),
            new("disabled, wrong password", disabled.Organization.Code, disabled.Username, "Wrong#Password11"),
            new("never used", fresh.Organization.Code, fresh.Username, "Wrong#Password11"),
            new("no password at all", withoutPassword.Organization.Code, withoutPassword.Username, "Wrong#Password11"),
            new("hash of an older, cheaper cost", oldHash.Organization.Code, oldHash.Username, "Wrong#Password11"),
        ];
    }
}
