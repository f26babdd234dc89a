namespace Cardea.Rules.Accounts;

/// <summary>Why a username or an organization code is refused when it is created.</summary>
public enum SignInNameRefusal
{
    TooShort,
    TooLong,

    /// <summary>Outside the small alphabet of sign-in names, or a first character that is neither letter nor digit.</summary>
    ForbiddenCharacter,
}

/// <summary>
/// What usernames and organization codes may look like. They are compared exactly as provided, but no two are created that
/// differ only in what a person cannot see or say: that is what <see cref="Skeleton"/> is unique for (S2-04, A-18, K-11).
/// </summary>
public static class SignInNames
{
    public const int ShortestUsername = 3;
    public const int LongestUsername = 64;
    public const int ShortestOrganizationCode = 2;
    public const int LongestOrganizationCode = 20;

    /// <summary>Null when the name may be given to an account: 3 to 64 of A–Z a–z 0–9 . _ @ - with a letter or digit first.</summary>
    public static SignInNameRefusal? CheckUsername(string name) =>
        Check(name, ShortestUsername, LongestUsername, signs: "._@-");

    /// <summary>Null when the code may be given to an organization: 2 to 20 of A–Z a–z 0–9 - with a letter or digit first.</summary>
    public static SignInNameRefusal? CheckOrganizationCode(string code) =>
        Check(code, ShortestOrganizationCode, LongestOrganizationCode, signs: "-");

    /// <summary>
    /// The form in which names that are taken for one another are the same: without case, and with the look-alikes of
    /// Unicode's confusables within our alphabet (0 O, 1 I l, m rn) folded; separators too, for nobody remembers which it was.
    /// 5 S, 2 Z and 8 B stay apart: fonts keep them apart, and CLINIC5 and CLINICS are honest neighbours.
    /// Folding once is folding for good: Skeleton(Skeleton(x)) is Skeleton(x), or two names could meet at the second time.
    /// </summary>
    public static string Skeleton(string name) =>
        string.Concat(name.Select(FoldedCharacter)).Replace("rn", "m", StringComparison.Ordinal);

    private static SignInNameRefusal? Check(string name, int shortest, int longest, string signs)
    {
        if (name.Length > longest) { return SignInNameRefusal.TooLong; }
        if (name.Length < shortest) { return SignInNameRefusal.TooShort; }

        return char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || signs.Contains(c))
            ? null
            : SignInNameRefusal.ForbiddenCharacter;
    }

    private static char FoldedCharacter(char character) => char.ToLowerInvariant(character) switch
    {
        '0' => 'o',
        '1' or 'i' => 'l',
        '.' or '_' => '-',
        var other => other,
    };
}
