using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Lifecycle;
using Cardea.Features.SecondFactors.Security;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>S2-19.</summary>
[SignedInRecently]
public sealed class ReactivateModel(ActTools tools, ReactivateAccount reactivate) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.Reactivate;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        var outcome = await reactivate.RunAsync(account, reason, cancellationToken);
        return outcome switch
        {
            ReactivateAccountOutcome.Reactivated given => Done(given.SignInName, given.TemporaryPassword),
            ReactivateAccountOutcome.WasNotInactive => Done(),
            ReactivateAccountOutcome.IsDisabled => Refuse("IsDisabled"),
            ReactivateAccountOutcome.TooBusy => Busy(),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }
}
