using System.Security.Cryptography;
using Cardea.Rules.OneTimeCodes;

namespace Cardea.Features.EmailAddresses;

public static class EmailCode
{
    /// <summary>Each code as likely as any other, those that begin with zeros included (V6.5.3, V6.5.4).</summary>
    public static string New() => RandomNumberGenerator.GetString("0123456789", OneTimeCodeRules.Digits);
}
