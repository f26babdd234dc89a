using Zxcvbn.Matcher;

namespace Cardea.Features.Passwords;

/// <summary>Passwords that many people use, from the lists that ship with zxcvbn: offline, compared whole, without case and through l33t (V6.2.4, V6.2.12, N-03).</summary>
public sealed class CommonPasswords
{
    /// <summary>About the first ten thousand guesses of an attacker.</summary>
    private const double BitsOfACommonOne = 13.3;

    /// <summary>
    /// When the lists last became others, with a new version of their package. Whatever was set before is looked up once more, at the next
    /// sign-in (N-04). A test stops at lists for which nobody has moved it.
    /// </summary>
    public static readonly DateTimeOffset ListsSince = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>UTF-16 units that a strength is judged by: each more costs more, and tells nothing new .</summary>
    private const int EnoughToJudge = 40;

    /// <summary>Loads some megabytes of lists: only for whoever sets a password.</summary>
    private readonly Lazy<Zxcvbn.Zxcvbn> _zxcvbn = new(() => new());

    public bool Contains(string password)
    {
        var result = _zxcvbn.Value.EvaluatePassword(password);
        return result.Entropy < BitsOfACommonOne || result.MatchSequence is [DictionaryMatch { DictionaryName: "passwords" }];
    }

    /// <summary>How soon it would be guessed, from 0, at once, to 4, not in a lifetime. Advice to whoever chooses it, no rule.</summary>
    public int Strength(string password) =>
        password.Length == 0 ? 0 : _zxcvbn.Value.EvaluatePassword(password[..Math.Min(password.Length, EnoughToJudge)]).Score;
}
