using System.Globalization;
using System.Security.Cryptography;
using Cardea.Data;
using Cardea.Features.SecondFactors.Passkeys;
using Cardea.Features.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn.Passkeys;

/// <summary>
/// Challenges for people who are nobody yet. Whoever opens the page gets one, so the server keeps nothing of it: it travels in the form,
/// encrypted, good for one browser and five minutes. Only that it was spent is kept, and only as long.
/// </summary>
public sealed class SignInChallenges(AppDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    private const char Separator = '|';

    /// <summary>Longer is none of ours.</summary>
    private const int LongestSealed = 2_000;

    /// <param name="state">Of the handler.</param>
    /// <param name="browser">The browser's form cookie.</param>
    public string Seal(string state, string browser) => For(browser).Protect(
        string.Create(CultureInfo.InvariantCulture, $"{clock.Now.ToUnixTimeMilliseconds()}{Separator}{state}"));

    /// <summary>Committed before the answer is looked at. Null for what is too old, spent, from another browser or none of ours.</summary>
    public async Task<string?> SpendAsync(string challenge, string browser)
    {
        if (challenge.Length > LongestSealed || Open(challenge, browser) is not [var madeAt, var state])
        {
            return null;
        }

        var now = clock.Now;
        if (now >= DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(madeAt, CultureInfo.InvariantCulture)) + PasskeyChallenges.Lifetime)
        {
            return null;
        }

        var (hash, at, tooOld) = (Secrets.Hash(state), db.Stored(now), now - PasskeyChallenges.Lifetime);
        await using var write = await db.BeginWriteAsync(CancellationToken.None, WriteTurn.AfterOthers);
        await db.SpentPasskeyChallenges.Where(spent => spent.SpentAt < tooOld).ExecuteDeleteAsync(CancellationToken.None);
        var isFirst = await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "SpentPasskeyChallenges" ("Hash", "SpentAt") VALUES ({hash}, {at}) ON CONFLICT ("Hash") DO NOTHING""", CancellationToken.None) == 1;
        await write.CommitAsync(CancellationToken.None);
        return isFirst ? state : null;
    }

    private string[]? Open(string challenge, string browser)
    {
        try
        {
            return For(browser).Unprotect(challenge).Split(Separator, 2);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(string browser) => protection.CreateProtector("Cardea.PasskeySignIn.v1", browser);
}
