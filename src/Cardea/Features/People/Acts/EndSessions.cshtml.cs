using Cardea.Features.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>V7.4.5.</summary>
public sealed class EndSessionsModel(ActTools tools, EndSessions endSessions) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.EndSessions;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        await endSessions.RunAsync(account, cancellationToken);
        return Done();
    }
}
