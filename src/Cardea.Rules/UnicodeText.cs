using System.Text;

namespace Cardea.Rules;

/// <summary>Unicode normalization that answers for every string; the framework's throws on half a surrogate pair .</summary>
internal static class UnicodeText
{
    public static string Normalize(string text, NormalizationForm form) => WellFormed(text).Normalize(form);

    public static int CodePoints(string text) => text.EnumerateRunes().Count();

    /// <summary>Half a pair becomes U+FFFD, as it would in UTF-8, which is what is stored and hashed.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
