using Cardea.Features.SecondFactors.Devices;
using Cardea.Rules.SecondFactors;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>Codes to the address on the account (S1-03).</summary>
public sealed class ProveByEmailModel(
    FactorWays ways, RememberedDevices devices, CodeDestinations destinations, SendCode sendCode, ProveByCode prove, IStringLocalizer<Words> words)
    : ProveByCodeModel(FactorKinds.Email, ways, devices, destinations, sendCode, prove, words);
