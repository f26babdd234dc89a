using Cardea.Rules.EmailAddresses;
using Cardea.Rules.OneTimeCodes;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.EmailAddresses;

/// <summary>Why no code was sent, for both pages that ask for one. A new reason without words does not compile (CS8509).</summary>
public static class SendEmailCodeWords
{
    public static string Of(EmailAddressRefusal reason, IStringLocalizer<Words> words) => reason switch
    {
        EmailAddressRefusal.Missing => words["AddressMissing"],
        EmailAddressRefusal.TooLong => words["AddressTooLong", EmailAddressRules.Longest],
        EmailAddressRefusal.NotAnAddress => words["AddressNotComplete"],
        EmailAddressRefusal.ForbiddenCharacter => words["AddressForbiddenCharacter"],
    };

    public static string Of(SendEmailCodeOutcome.TooSoon tooSoon, IStringLocalizer<Words> words) => tooSoon.Wait <= OneTimeCodeRules.BetweenCodes
        ? words["WaitBetweenCodes", (int)OneTimeCodeRules.BetweenCodes.TotalSeconds]
        : words["WaitForNextHour", OneTimeCodeRules.CodesAnHour, (int)Math.Ceiling(tooSoon.Wait.TotalMinutes)];
}
