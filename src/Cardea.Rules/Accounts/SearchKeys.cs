using System.Globalization;
using System.Text;

namespace Cardea.Rules.Accounts;

/// <summary>How names are written so that people find each other: "Nguyễn, Amélie" by "nguyen am", "O’Brien" by "obrien".</summary>
public static class SearchKeys
{
    /// <summary>Follows every text that begins with a key, in the order of code points.</summary>
    private const string Last = "\U0010FFFF";

    /// <summary>Without case, accents, apostrophes and commas; whatever else separates words is one space. Folding once is folding for good.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in WithoutLoneSurrogates(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control:
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    if (folded is not [] and not [.., ' '])
                    {
                        folded.Append(' ');
                    }

                    break;
                default:
                    folded.Append(Plain(rune));
                    break;
            }
        }

        return folded.ToString().TrimEnd(' ');
    }

    /// <summary>All that begins with <paramref name="prefix"/>, in an index that is ordered by code points: from the first, up to the second.</summary>
    public static (string From, string To) Range(string prefix) => (prefix, prefix + Last);

    private static string Plain(Rune rune) => rune.Value switch
    {
        '\'' or '’' or '‘' or 'ʼ' or ',' or '`' or '´' => "",
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ł' or 'Ł' => "l",
        'ı' => "i",
        _ => Rune.ToLowerInvariant(rune).ToString(),
    };

    private static string WithoutLoneSurrogates(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune != Rune.ReplacementChar));
}
