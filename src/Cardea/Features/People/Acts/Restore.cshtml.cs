using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>Undoes a deletion.</summary>
[SignedInRecently]
public sealed class RestoreModel(ActTools tools, RestoreAccount restore) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.Restore;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        _ = await restore.RunAsync(account, reason, cancellationToken);
        return Done();
    }
}
