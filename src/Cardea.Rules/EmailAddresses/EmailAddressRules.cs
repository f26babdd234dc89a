using System.Buffers;

namespace Cardea.Rules.EmailAddresses;

/// <summary>Why a typed email address is refused.</summary>
public enum EmailAddressRefusal
{
    Missing,
    TooLong,

    /// <summary>Not the shape of name@domain.</summary>
    NotAnAddress,

    /// <summary>A character that no plain address has: spaces, quotes, commas, brackets, control characters, anything beyond ASCII.</summary>
    ForbiddenCharacter,
}

/// <summary>
/// One plain address (the addr-spec of RFC 5322 without quotes and comments), so that it can stand in a mail header, a list
/// and a page without being more than an address (A-11, F-13). ASCII only: names beyond it do not travel through every mail
/// server, and look-alikes would (A-18). An international domain is written in its xn-- form.
/// </summary>
public static class EmailAddressRules
{
    /// <summary>Characters, the limit of a path in SMTP (RFC 5321).</summary>
    public const int Longest = 254;

    private const int LongestLocalPart = 64;
    private const int LongestLabel = 63;

    /// <summary>RFC 5322's signs of an atom, without % and !, by which old mail servers route onwards to another host.</summary>
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789#$&'*+-/=?^_`{|}~.@");

    /// <summary>Null when <paramref name="typed"/>, without outer spaces, is an address that mail can be sent to.</summary>
    public static EmailAddressRefusal? Check(string? typed)
    {
        var address = Normalize(typed ?? "");

        if (address is "") { return EmailAddressRefusal.Missing; }
        if (address.Length > Longest) { return EmailAddressRefusal.TooLong; }
        if (address.AsSpan().ContainsAnyExcept(Characters)) { return EmailAddressRefusal.ForbiddenCharacter; }

        return address.Split('@') is [var localPart, var domain] && IsLocalPart(localPart) && IsDomain(domain)
            ? null
            : EmailAddressRefusal.NotAnAddress;
    }

    /// <summary>The address as it is stored and written to: without outer spaces, its case kept.</summary>
    public static string Normalize(string address) => address.Trim(' ');

    /// <summary>
    /// The form in which addresses are compared: without case (S2-30). Only ASCII is folded: full case folding turns other
    /// people's letters into ours (Django CVE-2019-19844).
    /// </summary>
    public static string Folded(string address) =>
        string.Concat(Normalize(address).Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    /// <summary>Enough to recognize one's own address by, and no more (ASVS V14.2.6): "a***@clinic.example".</summary>
    public static string Masked(string address) => Normalize(address).Split('@') is [var localPart, var domain]
        ? $"{(localPart.Length > 1 ? localPart[..1] : "")}***@{domain}"
        : "***";

    /// <summary>Due when never confirmed, or confirmed <paramref name="every"/> or longer ago (S2-07, S2-15); null asks only once.</summary>
    public static bool ReconfirmationIsDue(DateTimeOffset? confirmedAt, TimeSpan? every, DateTimeOffset now) =>
        confirmedAt is null || now - confirmedAt >= every;

    private static bool IsLocalPart(string text) =>
        text.Length <= LongestLocalPart && text.Split('.').All(atom => atom is not "");

    private static bool IsDomain(string text) =>
        text.Split('.') is [_, .., var top] labels && labels.All(IsLabel) && !top.All(char.IsAsciiDigit);

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= LongestLabel
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
        && text[0] is not '-' && text[^1] is not '-';
}
