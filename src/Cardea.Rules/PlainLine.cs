using System.Globalization;
using System.Text;

namespace Cardea.Rules;

/// <summary>Why a name or title is refused.</summary>
public enum PlainLineRefusal
{
    Missing,
    TooLong,

    /// <summary>A line break, another control character, or one that is not seen but changes how its neighbours are shown.</summary>
    ForbiddenCharacter,
}

/// <summary>
/// One line that somebody types and others see: the name of a person, an organization, a help desk. Any script is welcome; nothing in it may
/// break out of a mail header or a log line, or turn the direction of the text around it.
/// </summary>
public static class PlainLine
{
    private static readonly UnicodeCategory[] Unseen =
    [
        UnicodeCategory.Control,
        UnicodeCategory.Format,
        UnicodeCategory.LineSeparator,
        UnicodeCategory.ParagraphSeparator,
        UnicodeCategory.PrivateUse,
        UnicodeCategory.OtherNotAssigned,
    ];

    /// <summary>The line as it is stored: composed (NFC), without outer spaces.</summary>
    public static string Normalize(string typed) => UnicodeText.Normalize(typed, NormalizationForm.FormC).Trim(' ');

    /// <summary>Null when <paramref name="typed"/>, normalized, is a line of 1 to <paramref name="longest"/> UTF-16 units.</summary>
    public static PlainLineRefusal? Check(string? typed, int longest)
    {
        // Composing joins four characters at most (ᾂ): what is longer than that needs no costly look.
        if (typed?.Length > 4 * longest) { return PlainLineRefusal.TooLong; }

        var line = Normalize(typed ?? "");

        if (line is "") { return PlainLineRefusal.Missing; }
        if (line.Length > longest) { return PlainLineRefusal.TooLong; }

        return HasForbiddenCharacter(line) ? PlainLineRefusal.ForbiddenCharacter : null;
    }

    internal static bool HasForbiddenCharacter(string line) =>
        line.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar || Unseen.Contains(Rune.GetUnicodeCategory(rune)));
}
