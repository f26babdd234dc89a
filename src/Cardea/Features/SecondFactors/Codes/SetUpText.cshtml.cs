using Cardea.Features.Messages.Texts;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>Codes to a mobile phone, whose number is asked here (S1-04).</summary>
public sealed class SetUpTextModel(
    FactorWays ways, CodeDestinations destinations, SendCode sendCode, AddByCode add, IOptions<TextSettings> texts, IStringLocalizer<Words> words)
    : SetUpCodesModel(FactorKinds.Text, ways, destinations, sendCode, add, words)
{
    /// <summary>Instead of the one that a code was sent to, which may have been mistyped.</summary>
    [BindProperty(SupportsGet = true), FromQuery(Name = "another")]
    public bool IsAnotherNumber { get; set; }

    public bool AsksForNumber => Code is null || IsAnotherNumber;

    public string AnotherNumberPage =>
        PageOf(FactorPages.SetUp(Kind)) is var page && page.Contains('?', StringComparison.Ordinal) ? $"{page}&another=true" : $"{page}?another=true";

    protected override async Task<CodeDestination?> DestinationAsync(CancellationToken cancellationToken)
    {
        // "Resend" sends no number: it means the one before.
        if (Input.PhoneNumber is null && !IsAnotherNumber && await LastDestinationAsync(cancellationToken) is { } again)
        {
            return again;
        }

        switch (PhoneNumberRules.Read(Input.PhoneNumber, texts.Value.AllowedCountries))
        {
            case PhoneNumberReading.Accepted accepted:
                return new(FactorKinds.Text, accepted.Number);
            case PhoneNumberReading.Refused refused:
                ModelState.AddModelError("Input.PhoneNumber", CodeWords.Of(refused.Reason, Words));
                return null;
            default:
                return null;
        }
    }
}
