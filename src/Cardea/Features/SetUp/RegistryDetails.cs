using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.EmailAddresses;

namespace Cardea.Features.SetUp;

/// <summary>What the first operator says of the registry (S2-41).</summary>
/// <param name="HelpDeskWeb">Null where the help desk has no pages.</param>
public sealed record RegistryDetails(
    string DisplayName, string PublicAddress, string HelpDeskName, string HelpDeskEmail, string HelpDeskPhone, string? HelpDeskWeb)
{
    private const int FewestDigitsOfAPhoneNumber = 3;

    public RegistryDetailsRefusals Check() => new()
    {
        DisplayName = PlainLine.Check(DisplayName, Registry.NameMaxLength),
        PublicAddressIsWrong = PublicAddress.Length > Registry.AddressMaxLength || !Hosting.PublicAddress.IsFine(PublicAddress, out _),
        HelpDeskName = PlainLine.Check(HelpDeskName, Registry.NameMaxLength),
        HelpDeskEmail = EmailAddressRules.Check(HelpDeskEmail),
        HelpDeskPhoneIsWrong = PlainLine.Check(HelpDeskPhone, Registry.PhoneMaxLength) is not null
            || HelpDeskPhone.Count(char.IsAsciiDigit) < FewestDigitsOfAPhoneNumber,
        HelpDeskWebIsWrong = HelpDeskWeb is not null && !IsFineWeb(HelpDeskWeb),
    };

    private static bool IsFineWeb(string text) => PlainLine.Check(text, Registry.AddressMaxLength) is null && ContactLinks.IsWebAddress(text);
}

/// <summary>What is wrong with them, field by field.</summary>
public sealed record RegistryDetailsRefusals
{
    public PlainLineRefusal? DisplayName { get; init; }

    public bool PublicAddressIsWrong { get; init; }

    public PlainLineRefusal? HelpDeskName { get; init; }

    public EmailAddressRefusal? HelpDeskEmail { get; init; }

    public bool HelpDeskPhoneIsWrong { get; init; }

    public bool HelpDeskWebIsWrong { get; init; }

    public bool Any => this != new RegistryDetailsRefusals();
}
