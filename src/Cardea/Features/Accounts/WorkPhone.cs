using PhoneNumbers;

namespace Cardea.Features.Accounts;

/// <summary>
/// A number at which a person is called, as offices have them: a landline, a switchboard with an extension, any country. Nothing is ever sent
/// to it, so it needs none of the care that texts do.
/// </summary>
public static class WorkPhone
{
    /// <summary>UTF-16 units, as typed. What is longer is not looked at .</summary>
    public const int Longest = 40;

    private const string Extension = ";ext=";

    private static PhoneNumberUtil Numbers => PhoneNumberUtil.GetInstance();

    /// <summary>As it is kept, "+16125550123" or "+16125550123;ext=4"; null for what is no number.</summary>
    /// <param name="country">Whose numbers people type without its prefix.</param>
    public static string? Read(string typed, string country)
    {
        if (typed.Length > Longest) { return null; }

        try
        {
            var number = Numbers.Parse(typed, country);
            return !Numbers.IsValidNumber(number) ? null
                : Numbers.Format(number, PhoneNumberFormat.E164) + (number.HasExtension ? Extension + number.Extension : "");
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>In the groups that people read it in: "(612) 555-0123 ext. 4". Read again, it is the same number.</summary>
    /// <param name="kept">As <see cref="Read"/> has it.</param>
    /// <param name="country">As for <see cref="Read"/>: elsewhere than at +1, such a number without its prefix is another one.</param>
    public static string Grouped(string kept, string country)
    {
        var number = Numbers.Parse(kept, defaultRegion: null);
        var isNear = number.CountryCode == 1 && Numbers.GetCountryCodeForRegion(country) == 1;
        return Numbers.Format(number, isNear ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
    }
}
