using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Cardea.Hosting;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages.Texts;

public enum TextTransport
{
    /// <summary>Files in the folder "texts" of <c>Cardea:Data</c>, for another program to pick up, or to read while trying things out.</summary>
    Pickup,

    /// <summary>To a provider that speaks Twilio's Messages API.</summary>
    Http,
}

/// <summary>The settings under "Cardea:Texts".</summary>
public sealed partial class TextSettings : IValidatableObject
{
    public const string Section = "Cardea:Texts";

    private const int MostOfACap = 1_000_000;

    public TextTransport Transport { get; set; } = TextTransport.Pickup;

    /// <summary>Where the provider's API begins: "/2010-04-01/Accounts/…" comes after it.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.twilio.com");

    public string? AccountSid { get; set; }

    public string? AuthToken { get; set; }

    /// <summary>Our number, or short code. Either this or <see cref="MessagingServiceSid"/>.</summary>
    public string? From { get; set; }

    /// <summary>The provider chooses among our numbers.</summary>
    public string? MessagingServiceSid { get; set; }

    /// <summary>How long one message may take, from connecting to the provider's answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Where texts may go; empty means the United States.</summary>
    public IList<string> Countries { get; init; } = [];

    public IReadOnlyList<string> AllowedCountries => Countries.Count > 0 ? [.. Countries] : ["US"];

    /// <summary>S1-07 allows five codes an hour.</summary>
    [Range(1, MostOfACap)]
    public int PerNumberAnHour { get; set; } = 5;

    [Range(1, MostOfACap)]
    public int PerNumberADay { get; set; } = 10;

    [Range(1, MostOfACap)]
    public int PerAccountADay { get; set; } = 10;

    /// <summary>A hospital leaves by one address, and all its staff sign in on a Monday at 8:00.</summary>
    [Range(1, MostOfACap)]
    public int PerAddressAnHour { get; set; } = 100;

    [Range(1, MostOfACap)]
    public int PerOrganizationADay { get; set; } = 500;

    /// <summary>More than that is no busy hour but a surge: texts stop, and the operators are told.</summary>
    [Range(1, MostOfACap)]
    public int InAllAnHour { get; set; } = 500;

    [Range(1, MostOfACap)]
    public int InAllADay { get; set; } = 5000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var country in Countries.Where(country => !PhoneNumberRules.IsCountry(country)))
        {
            yield return new($"{Section}:Countries has \"{country}\", which is no country: write two capital letters, such as US.");
        }

        if (Transport is not TextTransport.Http)
        {
            yield break;
        }

        if (!BaseAddress.IsAbsoluteUri || BaseAddress.Scheme is not ("https" or "http") || BaseAddress.UserInfo + BaseAddress.Query + BaseAddress.Fragment is not "")
        {
            yield return new($"{Section}:BaseAddress must be an address such as https://api.twilio.com, with nothing behind the path.");
        }
        else if (BaseAddress.Scheme is "http" && !Loopback.IsLoopback(BaseAddress.Host))
        {
            yield return new($"{Section}:BaseAddress may begin with http:// only where it is this machine: use https://.");
        }

        if (!Identifier().IsMatch(AccountSid ?? ""))
        {
            yield return new($"{Section}:AccountSid must be the letters and digits that the provider gave you, because {Section}:Transport is Http.");
        }

        if (string.IsNullOrWhiteSpace(AuthToken))
        {
            yield return new($"{Section}:AuthToken must be set, because {Section}:Transport is Http.");
        }

        if (From is null == MessagingServiceSid is null)
        {
            yield return new($"{Section}:From or {Section}:MessagingServiceSid must be set, and not both, because {Section}:Transport is Http.");
        }
        else if (From is not null && !Sender().IsMatch(From))
        {
            yield return new($"{Section}:From must be a number such as +16515550100, or a short code.");
        }
        else if (MessagingServiceSid is not null && !Identifier().IsMatch(MessagingServiceSid))
        {
            yield return new($"{Section}:MessagingServiceSid must be the letters and digits that the provider gave you.");
        }
    }

    /// <summary>It becomes part of an address and of a header.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^(\+[1-9][0-9]{6,14}|[0-9]{3,8})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sender();
}

[OptionsValidator]
public sealed partial class TextSettingsValidator : IValidateOptions<TextSettings>;
