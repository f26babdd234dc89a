using System.Text;

namespace Cardea.Rules.Passwords;

/// <summary>
/// Finds passwords that are a word of the person's own surroundings, bare or with a trivial affix: "Clinic-42", "amina2026!"
/// (S2-13, V6.1.2, V6.2.11). A long password that merely contains a word is fine (K-05, N-03).
/// </summary>
internal static class OwnWords
{
    /// <summary>A year. More digits than that around a numeric code are a number of its own.</summary>
    private const int MostDigitsAroundANumber = 4;

    /// <summary>True when nothing but own words, digits and signs is in <paramref name="password"/>, and at least one own word is.</summary>
    public static bool AreAllOf(string password, IEnumerable<string> ownWords)
    {
        var letters = LettersAndDigits(password);
        var words = ownWords.Select(LettersAndDigits).Where(word => word is not "").ToList();

        return letters.All(char.IsDigit)
            ? words.Any(word => letters.Contains(word, StringComparison.Ordinal) && letters.Length - word.Length <= MostDigitsAroundANumber)
            : IsMadeOf(letters, words);
    }

    /// <summary>Whether words and digits, one after the other, reach the end of the text.</summary>
    private static bool IsMadeOf(string text, List<string> words)
    {
        var reached = new bool[text.Length + 1];
        reached[0] = true;

        for (var at = 0; at < text.Length; at++)
        {
            if (!reached[at]) { continue; }

            if (char.IsDigit(text[at])) { reached[at + 1] = true; }

            foreach (var word in words.Where(word => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)))
            {
                reached[at + word.Length] = true;
            }
        }

        return reached[^1];
    }

    private static string LettersAndDigits(string text) =>
        string.Concat(PasswordRules.Normalize(text).ToUpperInvariant().EnumerateRunes().Where(Rune.IsLetterOrDigit));
}
