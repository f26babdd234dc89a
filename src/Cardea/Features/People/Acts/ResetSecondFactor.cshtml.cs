using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Clinics;
using Cardea.Features.SecondFactors.Security;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>For the day when somebody's phone is gone and no recovery code is left (S1-11).</summary>
[SignedInRecently]
public sealed class ResetSecondFactorModel(ActTools tools, ResetSecondFactor reset) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.ResetSecondFactor;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        return await reset.RunAsync(account, cancellationToken) ? Done() : Refuse("HasNoFactors");
    }
}
