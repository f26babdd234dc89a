using System.Globalization;
using System.Text;
using Cardea.Hosting;

namespace Cardea.Features.Messages;

/// <summary>Messages are written by no request, so nobody else has chosen their language.</summary>
internal static class ReadersLanguage
{
    /// <param name="wanted">One of the languages of the product; else English.</param>
    /// <param name="write">Gets the language that it writes in.</param>
    public static T Write<T>(string? wanted, Func<string, T> write)
    {
        var language = Languages.IsKnown(wanted) ? wanted! : Languages.All[0];
        var mine = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(language), CultureInfo.GetCultureInfo(language));
        try
        {
            return write(language);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = mine;
        }
    }

    /// <summary>
    /// What people typed as a name stays a name on one line: nothing in it ends a header, is decoded into something else, or turns the
    /// direction of the text around it.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " " : rune.ToString());
        }

        return line.Replace("=?", "= ?").ToString().Trim();
    }
}
