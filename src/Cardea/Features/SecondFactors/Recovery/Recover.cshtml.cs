using System.Globalization;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Recovery;

/// <summary>For the day when the phone is gone: one of the ten codes instead (S1-12).</summary>
public sealed class RecoverModel(FactorWays ways, RememberedDevices devices, ProveByRecoveryCode prove, IStringLocalizer<Words> words)
    : ProvePageModel(FactorKinds.None, ways, devices, words)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (RecoveryCodeRules.Read(Input.Code) is not { } code)
        {
            return PageWithWrongCode(Words[string.IsNullOrWhiteSpace(Input.Code) ? "RecoveryCodeMissing" : "RecoveryCodeNotOne", RecoveryCodeRules.Characters]);
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return await AnswerAsync(await prove.RunAsync(HttpContext.RequiredPerson, code, language, cancellationToken), Words["RecoveryCodeNotAccepted"]);
    }
}
