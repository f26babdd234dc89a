using Cardea.Features.Accounts;
using Cardea.Features.Lifecycle;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Shared;
using Cardea.Rules;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Access;

/// <summary>Takes an organization away from somebody who no longer works for it; their home organization is theirs until the account is deleted.</summary>
[SignedInRecently]
public sealed class EndModel(ActTools tools, EndAccess endAccess) : AccessPageModel(tools)
{
    private readonly ActTools _tools = tools;

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Access.Refusal is null ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Access.Refusal is not null)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        if (PlainLine.Check(Input.Reason ?? "", ReactivateAccount.ReasonMaxLength) is { } refusal)
        {
            return this.PageWithError("Input.Reason", refusal is PlainLineRefusal.Missing
                ? _tools.Words["ReasonMissing"]
                : PlainLineWords.Of(refusal, _tools.Words["Reason"], ReactivateAccount.ReasonMaxLength, _tools.SharedWords));
        }

        return await endAccess.RunAsync(Access.Account, OrganizationId, PlainLine.Normalize(Input.Reason ?? ""), cancellationToken) switch
        {
            EndAccessOutcome.Ended => Redirect($"{BackPath}?done=Ended"),
            EndAccessOutcome.IsLastAdministrator => RefuseLastAdministrator(),
        };
    }

    public sealed class Form
    {
        public string? Reason { get; set; }
    }
}
