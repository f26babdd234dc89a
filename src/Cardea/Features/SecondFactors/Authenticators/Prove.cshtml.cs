using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Authenticators;

/// <summary>The step after the password (S0-09): for whoever has an authenticator app the page for its code, for others the way to theirs.</summary>
public sealed class ProveModel(FactorWays ways, RememberedDevices devices, ProveByAuthenticator prove, IStringLocalizer<Words> words)
    : ProvePageModel(FactorKinds.Authenticator, ways, devices, words)
{
    public IActionResult OnGet() => LeadElsewhere() ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (OneTimeCodeRules.Read(Input.Code) is not { } code)
        {
            return PageWithWrongCode(Words[string.IsNullOrWhiteSpace(Input.Code) ? "CodeMissing" : "CodeNotSixDigits"]);
        }

        return await AnswerAsync(await prove.RunAsync(HttpContext.RequiredPerson, code, cancellationToken), Words["CodeNotAccepted"]);
    }
}
