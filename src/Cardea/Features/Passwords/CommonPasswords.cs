using Zxcvbn.Matcher;

namespace Cardea.Features.Passwords;

/// <summary>Passwords that many people use, from the lists that ship with zxcvbn: offline, compared whole, without case and through l33t (V6.2.4, V6.2.12, N-03).</summary>
public sealed class CommonPasswords
{
    /// <summary>About the first ten thousand guesses of an attacker.</summary>
    private const double BitsOfACommonOne = 13.3;

    /// <summary>Loads some megabytes of lists: only for whoever sets a password.</summary>
    private readonly Lazy<Zxcvbn.Zxcvbn> _zxcvbn = new(() => new());

    public bool Contains(string password)
    {
        var result = _zxcvbn.Value.EvaluatePassword(password);
        return result.Entropy < BitsOfACommonOne || result.MatchSequence is [DictionaryMatch { DictionaryName: "passwords" }];
    }
}
