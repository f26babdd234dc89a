using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cardea.Rules;
using PhoneNumbers;

namespace Cardea.Features.Messages.Texts;

/// <summary>Why a typed phone number gets no texts.</summary>
public enum PhoneNumberRefusal
{
    Missing,

    /// <summary>Not the shape of a number, or one that nobody can have.</summary>
    NotANumber,

    /// <summary>By its area code, not merely by +1, which the Caribbean and Canada share (A-20).</summary>
    OtherCountry,

    TollFree,

    /// <summary>Whoever owns it earns by each call or text; and whatever else is no ordinary line: pagers, voicemail, personal numbers.</summary>
    Premium,
}

/// <summary>What came of reading a number.</summary>
public abstract record PhoneNumberReading
{
    /// <param name="Number">As it is kept and written to: E.164, "+16125550123".</param>
    public sealed record Accepted(string Number) : PhoneNumberReading;

    public sealed record Refused(PhoneNumberRefusal Reason) : PhoneNumberReading;
}

/// <summary>
/// Reads what people type as a phone number. Pure, but for the lists of area codes in libphonenumber, which is why it stands here and not
/// among the rules. In the United States a mobile phone cannot be told from a landline by its number.
/// </summary>
public static partial class PhoneNumberRules
{
    /// <summary>UTF-16 units, with all that people put between digits. What is longer is not looked at (A-17).</summary>
    private const int Longest = 40;

    private const char Hidden = '•';

    /// <summary>How many digits one recognizes one's own number by.</summary>
    private const int DigitsShown = 2;

    /// <summary>Part of the United States, with an area code and a region of their own: a clinic in San Juan is one of ours.</summary>
    private static readonly string[] Territories = ["AS", "GU", "MP", "PR", "VI"];

    private static PhoneNumberUtil Numbers => PhoneNumberUtil.GetInstance();

    /// <summary>Two letters, ISO 3166, that phone numbers are known of.</summary>
    public static bool IsCountry(string country) => Numbers.GetSupportedRegions().Contains(country);

    /// <param name="countries">Where texts may go; a number without a country's prefix is read as one of the first.</param>
    public static PhoneNumberReading Read(string? typed, IReadOnlyList<string> countries)
    {
        if (typed?.Length > Longest) { return Refused(PhoneNumberRefusal.NotANumber); }

        var text = Plain(typed ?? "");
        if (text is "") { return Refused(PhoneNumberRefusal.Missing); }
        if (!DigitsAndSigns().IsMatch(text) || Parse(text, countries[0]) is not { } number) { return Refused(PhoneNumberRefusal.NotANumber); }

        var region = Numbers.GetRegionCodeForNumber(number);
        if (region is null || !Numbers.IsValidNumber(number))
        {
            return Refused(PhoneNumberRefusal.NotANumber);
        }

        return !IsIn(region, countries) ? Refused(PhoneNumberRefusal.OtherCountry) : Numbers.GetNumberType(number) switch
        {
            PhoneNumberType.FIXED_LINE or PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE =>
                new PhoneNumberReading.Accepted(Numbers.Format(number, PhoneNumberFormat.E164)),
            PhoneNumberType.TOLL_FREE => Refused(PhoneNumberRefusal.TollFree),
            _ => Refused(PhoneNumberRefusal.Premium),
        };
    }

    /// <summary>In the groups that people read it in: "(612) 555-0123"; with the country's prefix where that is not +1.</summary>
    /// <param name="number">As <see cref="PhoneNumberReading.Accepted"/> has it.</param>
    public static string Grouped(string number) => Parse(number, country: null) is { } read
        ? Numbers.Format(read, read.CountryCode == 1 ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL)
        : number;

    /// <summary>Enough to recognize one's own number by, and no more (ASVS V14.2.6): "(•••) •••-••23".</summary>
    /// <param name="number">As <see cref="PhoneNumberReading.Accepted"/> has it.</param>
    public static string Masked(string number)
    {
        var grouped = Grouped(number);
        var hidden = grouped.Count(char.IsAsciiDigit) - DigitsShown;
        return string.Concat(grouped.Select(character => char.IsAsciiDigit(character) && hidden-- > 0 ? Hidden : character));
    }

    private static PhoneNumberReading.Refused Refused(PhoneNumberRefusal reason) => new(reason);

    /// <summary>Full-width forms become plain ones; marks of direction, which phones copy along with a number, go.</summary>
    private static string Plain(string typed) => UnicodeText.Normalize(
        string.Concat(typed.Where(character => char.GetUnicodeCategory(character) is not UnicodeCategory.Format)), NormalizationForm.FormKC).Trim();

    private static PhoneNumber? Parse(string text, string? country)
    {
        try
        {
            return Numbers.Parse(text, country);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsIn(string region, IReadOnlyList<string> countries) =>
        countries.Contains(region) || (Territories.Contains(region) && countries.Contains("US"));

    /// <summary>No letters: they would be read as an extension, which gets no texts, or as the keys of an old telephone.</summary>
    [GeneratedRegex(@"^\+?[0-9(][0-9 ()./\u2010-\u2015-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex DigitsAndSigns();
}
