using System.Text;

namespace Cardea.Rules;

/// <summary>
/// A few lines that somebody types and others see as they are: of the same characters as a <see cref="PlainLine"/>, with line breaks between.
/// There is no markup in it.
/// </summary>
public static class PlainText
{
    /// <summary>The text as it is stored: composed (NFC), one kind of line break, a space for each tab, no blanks at the end of a line or around it all.</summary>
    public static string Normalize(string typed) =>
        string.Join('\n', UnicodeText.Normalize(typed, NormalizationForm.FormC).ReplaceLineEndings("\n").Replace('\t', ' ').Split('\n').Select(line => line.TrimEnd(' '))).Trim('\n', ' ');

    /// <summary>Null when <paramref name="typed"/>, normalized, is a text of 1 to <paramref name="longest"/> UTF-16 units.</summary>
    public static PlainLineRefusal? Check(string? typed, int longest)
    {
        // See PlainLine; a line break comes as two characters.
        if (typed?.Length > 4 * longest) { return PlainLineRefusal.TooLong; }

        var text = Normalize(typed ?? "");

        if (text is "") { return PlainLineRefusal.Missing; }
        if (text.Length > longest) { return PlainLineRefusal.TooLong; }

        return text.Split('\n').Any(PlainLine.HasForbiddenCharacter) ? PlainLineRefusal.ForbiddenCharacter : null;
    }
}
