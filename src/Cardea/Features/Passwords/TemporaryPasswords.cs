using System.Security.Cryptography;
using Cardea.Policies;
using Cardea.Rules.Passwords;

namespace Cardea.Features.Passwords;

/// <summary>
/// Makes passwords that somebody reads out over the telephone and that live for three days at most (S2-03, V6.4.1): short groups, no two
/// characters that look alike, no vowels and so no words.
/// </summary>
public sealed class TemporaryPasswords(PolicyBook policies, PasswordChecker checker)
{
    private const string Letters = "bcdfhjkmnptwxy";
    private const string Symbols = Letters + "3479";

    /// <summary>Sixteen symbols of eighteen kinds in four groups: 66 bits, where the policy leaves room for them.</summary>
    private const int UsualLength = 19;
    private const int GroupLength = 4;
    private const char UsualSeparator = '-';

    /// <summary>Drawn anew until the one judge of passwords has nothing to say against it.</summary>
    public async Task<string> NewAsync(PersonalWords person, CancellationToken cancellationToken)
    {
        var policy = policies.For(person.OrganizationId).Passwords;
        string password;
        do
        {
            password = Draw(policy);
        }
        while (await checker.CheckAsync(password, person, cancellationToken) is not []);

        return password;
    }

    private static string Draw(PasswordPolicy policy)
    {
        var length = Math.Clamp(UsualLength, policy.MinimumLength, policy.MaximumLength);
        var separator = policy.RequiredSpecials is "" || policy.RequiredSpecials.Contains(UsualSeparator) ? UsualSeparator : policy.RequiredSpecials[0];
        var password = RandomNumberGenerator.GetItems<char>(Symbols, length);
        for (var at = GroupLength; at < length - 1; at += GroupLength + 1)
        {
            password[at] = separator;
        }

        password[0] = char.ToUpperInvariant(RandomNumberGenerator.GetItems<char>(Letters, 1)[0]);
        return new(password);
    }
}
