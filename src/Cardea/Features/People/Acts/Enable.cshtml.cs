using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>Opens a disabled account again, with the password it had.</summary>
[SignedInRecently]
public sealed class EnableModel(ActTools tools, EnableAccount enable) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.Enable;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        _ = await enable.RunAsync(account, reason, cancellationToken);
        return Done();
    }
}
