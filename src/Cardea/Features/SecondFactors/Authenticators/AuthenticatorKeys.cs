using System.Security.Cryptography;
using System.Text;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;

namespace Cardea.Features.SecondFactors.Authenticators;

/// <summary>
/// The keys that authenticator apps share with us: 160 random bits (RFC 4226, 4), encrypted for one account, so that a row moved to another
/// account is worth nothing (F-06).
/// </summary>
public sealed class AuthenticatorKeys(IDataProtectionProvider protection)
{
    private const string Purpose = "Cardea.AuthenticatorKey.v1";
    private const int Bytes = 20;

    public byte[] NewProtected(Guid accountId) => Protected(RandomNumberGenerator.GetBytes(Bytes), accountId);

    public byte[] Protected(byte[] key, Guid accountId) => For(accountId).Protect(key);

    /// <summary>In base 32, as apps take it.</summary>
    public string TextOf(byte[] protectedKey, Guid accountId) => Base32Encoding.ToString(For(accountId).Unprotect(protectedKey));

    /// <summary>The steps around now at which the app shows this code.</summary>
    public IReadOnlyList<long> StepsOf(string code, byte[] protectedKey, Guid accountId, DateTimeOffset now)
    {
        var (totp, typed) = (new Totp(For(accountId).Unprotect(protectedKey)), Encoding.ASCII.GetBytes(code));
        return
        [
            .. TotpRules.StepsToLookAt(now).Where(step => CryptographicOperations.FixedTimeEquals(
                typed, Encoding.ASCII.GetBytes(totp.ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(step * (long)TotpRules.Step.TotalSeconds).UtcDateTime)))),
        ];
    }

    private IDataProtector For(Guid accountId) => protection.CreateProtector(Purpose, accountId.ToString());
}
