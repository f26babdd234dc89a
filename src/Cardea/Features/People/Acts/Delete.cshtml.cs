using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Acts;

/// <summary>For whoever is no longer here; it can be undone.</summary>
[SignedInRecently]
public sealed class DeleteModel(ActTools tools, DeleteAccount delete) : ActModel(tools)
{
    public override PersonAct Act => PersonAct.Delete;

    protected override async Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        return await delete.RunAsync(account, reason, cancellationToken) switch
        {
            DeleteAccountOutcome.Deleted or DeleteAccountOutcome.WasDeletedBefore => Done(),
            DeleteAccountOutcome.IsLastOperator => Refuse("IsLastOperator"),
            DeleteAccountOutcome.IsLastAdministrator => Refuse("IsLastAdministrator"),
        };
    }
}
