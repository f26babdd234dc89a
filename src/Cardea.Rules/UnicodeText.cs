using System.Text;

namespace Cardea.Rules;

/// <summary>Unicode normalization that answers for every string; the framework's throws on half a surrogate pair .</summary>
public static class UnicodeText
{
    public static string Normalize(string text, NormalizationForm form) => WellFormed(text).Normalize(form);

    public static int CodePoints(string text) => text.EnumerateRunes().Count();

    /// <summary>At most as many UTF-16 units as given, without half a surrogate pair at the end, which no database takes.</summary>
    public static string Start(string text, int longest) =>
        text.Length <= longest ? text : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)] : text[..longest];

    /// <summary>Half a pair becomes U+FFFD, as it would in UTF-8, which is what is stored and hashed.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
