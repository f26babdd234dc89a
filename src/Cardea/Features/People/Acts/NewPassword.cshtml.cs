using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>The manual password reset (S2-35): a temporary password, shown once; nobody chooses or sees one that lasts (V6.4.6).</summary>
[SignedInRecently]
public sealed class NewPasswordModel(ActTools tools, GiveNewPassword give) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.NewPassword;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        var outcome = await give.RunAsync(account, cancellationToken);
        return outcome switch
        {
            GiveNewPasswordOutcome.Given given => Done(given.SignInName, given.TemporaryPassword),
            GiveNewPasswordOutcome.IsDisabled => Refuse("IsDisabled"),
            GiveNewPasswordOutcome.IsInactive => Refuse("IsInactive"),
            GiveNewPasswordOutcome.TooBusy => Busy(),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }
}
