using Cardea.Features.SecondFactors.Devices;
using Cardea.Rules.SecondFactors;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>Codes to the phone that was set up (S1-04).</summary>
public sealed class ProveByTextModel(
    FactorWays ways, RememberedDevices devices, CodeDestinations destinations, SendCode sendCode, ProveByCode prove, IStringLocalizer<Words> words)
    : ProveByCodeModel(FactorKinds.Text, ways, devices, destinations, sendCode, prove, words);
