using Cardea.Features.Sessions;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.SecondFactors;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>Codes to the address on the account; no phone is asked (S1-03).</summary>
public sealed class SetUpEmailModel(FactorWays ways, CodeDestinations destinations, SendCode sendCode, AddByCode add, IStringLocalizer<Words> words)
    : SetUpCodesModel(FactorKinds.Email, ways, destinations, sendCode, add, words)
{
    public string MaskedAddress => EmailAddressRules.Masked(HttpContext.RequiredPerson.Email!);

    protected override Task<CodeDestination?> DestinationAsync(CancellationToken cancellationToken) =>
        Task.FromResult<CodeDestination?>(new(FactorKinds.Email, HttpContext.RequiredPerson.Email!));
}
