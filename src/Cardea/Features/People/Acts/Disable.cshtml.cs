using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>Shuts the account, and its sessions, at once .</summary>
[SignedInRecently]
public sealed class DisableModel(ActTools tools, DisableAccount disable) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.Disable;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        return await disable.RunAsync(account, reason, cancellationToken) switch
        {
            DisableAccountOutcome.Disabled or DisableAccountOutcome.WasDisabledBefore => Done(),
            DisableAccountOutcome.IsLastOperator => Refuse("IsLastOperator"),
            DisableAccountOutcome.IsLastAdministrator => Refuse("IsLastAdministrator"),
        };
    }
}
