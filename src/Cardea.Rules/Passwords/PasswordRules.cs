using System.Globalization;
using System.Text;

namespace Cardea.Rules.Passwords;

/// <summary>Why a new password is refused. The page owns the words; the rule owns the reason.</summary>
public enum PasswordRefusal
{
    TooShort,
    TooLong,

    /// <summary>A character that is neither seen nor typed, such as a tab; only printable ones are allowed (S2-12).</summary>
    ForbiddenCharacter,
    NoUpperCase,
    NoLowerCase,
    NoDigit,
    NoSpecial,
    TooCommon,

    /// <summary>Nothing but own words, digits and signs (S2-13, V6.1.2).</summary>
    ContainsOwnWord,

    /// <summary>Never found by <see cref="PasswordRules.Check"/>: telling takes the hash of the current one.</summary>
    SameAsCurrent,

    /// <summary>Neither found there: one of those before it (S2-13).</summary>
    UsedBefore,
}

/// <summary>What must happen to a password that has just proved right.</summary>
public enum PasswordDue
{
    Nothing,
    ReplaceTemporary,

    /// <summary>Whatever its age: somebody else may know it (N-04).</summary>
    ReplaceCompromised,
    ReplaceExpired,

    /// <summary>Right, but it opens nothing any more: ask for a new temporary one (S2-03).</summary>
    TemporaryTooOld,
}

/// <summary>What is known of a password on file.</summary>
/// <param name="IsCompromised">Somebody else knows it, or may know it.</param>
public readonly record struct PasswordFacts(DateTimeOffset SetAt, bool IsTemporary, bool IsCompromised);

/// <summary>What makes a password good enough (S2-12, S2-13, V6.2) and for how long (S2-03, S2-16, S2-17).</summary>
public static class PasswordRules
{
    /// <summary>Code points that are ever hashed, whatever the policy allows (K-02, V6.2.9).</summary>
    public const int LongestEver = 128;

    /// <summary>
    /// UTF-16 units of input; anything longer is refused before it is normalized or hashed, whose cost grows with it
    /// (A-17; Django CVE-2013-1443). Room for 128 code points that each arrive as a letter with several marks.
    /// </summary>
    public const int LongestInputUnits = 512;

    /// <summary>The text that is hashed and compared: as typed, composed (NFC), otherwise untouched (K-05, V6.2.8).</summary>
    public static string Normalize(string password) => UnicodeText.Normalize(password, NormalizationForm.FormC);

    /// <summary>Every rule that <paramref name="candidate"/> does not meet; empty means it may be used (S2-12).</summary>
    /// <param name="ownWords">Organization code, username, given and family name, product name (S2-13, V6.1.2).</param>
    /// <param name="isCommon">Asked with the normalized password, and only when its length is one worth the work.</param>
    public static IReadOnlyList<PasswordRefusal> Check(
        string candidate, PasswordPolicy policy, IReadOnlyCollection<string> ownWords, Func<string, bool> isCommon)
    {
        if (candidate.Length > LongestInputUnits)
        {
            return [PasswordRefusal.TooLong];
        }

        var password = Normalize(candidate);
        var length = UnicodeText.CodePoints(password);
        var tooLong = length > int.Min(policy.MaximumLength, LongestEver);

        return [.. Refusals()];

        IEnumerable<PasswordRefusal> Refusals()
        {
            if (length < policy.MinimumLength) { yield return PasswordRefusal.TooShort; }
            if (tooLong) { yield return PasswordRefusal.TooLong; }
            if (password.EnumerateRunes().Any(IsUnprintable)) { yield return PasswordRefusal.ForbiddenCharacter; }
            if (policy.RequireUpperCase && !password.Any(char.IsAsciiLetterUpper)) { yield return PasswordRefusal.NoUpperCase; }
            if (policy.RequireLowerCase && !password.Any(char.IsAsciiLetterLower)) { yield return PasswordRefusal.NoLowerCase; }
            if (policy.RequireDigit && !password.Any(char.IsAsciiDigit)) { yield return PasswordRefusal.NoDigit; }
            if (policy.RequiredSpecials is not "" && !password.Any(policy.RequiredSpecials.Contains)) { yield return PasswordRefusal.NoSpecial; }
            if (length > 0 && !tooLong && isCommon(password)) { yield return PasswordRefusal.TooCommon; }
            if (OwnWords.AreAllOf(password, ownWords)) { yield return PasswordRefusal.ContainsOwnWord; }
        }
    }

    /// <summary>Marks that join letters or emoji are printable with their neighbours.</summary>
    private static bool IsUnprintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>A limit counts as passed at its very moment: after exactly 60 days the password has expired.</summary>
    public static PasswordDue Due(PasswordFacts facts, PasswordPolicy policy, DateTimeOffset now)
    {
        var age = now - facts.SetAt;

        return facts switch
        {
            { IsTemporary: true } => age >= policy.TemporaryLivesFor ? PasswordDue.TemporaryTooOld : PasswordDue.ReplaceTemporary,
            { IsCompromised: true } => PasswordDue.ReplaceCompromised,
            _ => age >= policy.ExpiresAfter ? PasswordDue.ReplaceExpired : PasswordDue.Nothing,
        };
    }
}
