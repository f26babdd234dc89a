using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Invitations;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>Another invitation by mail, in place of the one before: nobody is deleted and added again for it.</summary>
public sealed class InviteModel(ActTools tools, ResendInvitation resend) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.Invite;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        var outcome = await resend.RunAsync(account, cancellationToken);
        return outcome switch
        {
            ResendInvitationOutcome.Sent => Done(),
            ResendInvitationOutcome.IsInUse => Refuse("IsInUse"),
            ResendInvitationOutcome.IsDisabled => Refuse("IsDisabled"),
            ResendInvitationOutcome.IsInactive => Refuse("IsInactive"),
            ResendInvitationOutcome.NoAddress => Refuse("NoAddress"),
            ResendInvitationOutcome.TooOften => Refuse("InvitedTooOften"),
            ResendInvitationOutcome.NoPublicAddress => Refuse("NoPublicAddress"),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }
}
