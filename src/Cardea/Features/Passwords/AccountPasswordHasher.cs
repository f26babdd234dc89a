using Cardea.Features.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Features.Passwords;

/// <summary>
/// Puts our hashes behind Identity's interface (F-04), for whatever of Identity asks. Our own operations go through <see cref="HashingGate"/>.
/// </summary>
public sealed class AccountPasswordHasher(PasswordHashes hashes) : IPasswordHasher<Account>
{
    public string HashPassword(Account user, string password) => hashes.Hash(password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
        hashes.Verify(providedPassword, hashedPassword) switch
        {
            { Matches: false } => PasswordVerificationResult.Failed,
            { IsOutdated: true } => PasswordVerificationResult.SuccessRehashNeeded,
            _ => PasswordVerificationResult.Success,
        };
}
