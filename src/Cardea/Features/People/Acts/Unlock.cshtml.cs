using Cardea.Features.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>The way out of every lock (S0-07, S2-34).</summary>
public sealed class UnlockModel(ActTools tools, UnlockAccount unlock) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.Unlock;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        _ = await unlock.RunAsync(account, cancellationToken);   // who was not locked is no worse off
        return Done();
    }
}
