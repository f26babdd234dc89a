using System.Diagnostics;
using Cardea.Data;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Organizations;

[SignedInRecently]
[TypeFilter<OrganizationsGuard>]
[KeepsDraft(nameof(Form.Reason))]
public sealed class ReactivateModel(
    AppDbContext db, ReactivateOrganization reactivate, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords)
    : ReasonModel(db, words, sharedWords)
{
    protected override bool IsForDeactivated => true;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await reactivate.RunAsync(Id, Input.Reason ?? "", cancellationToken) switch
        {
            ReactivateOrganizationOutcome.Reactivated => Redirect(ShowModel.PathOf(Id, "Reactivated")),
            ReactivateOrganizationOutcome.ReasonRefused refused => Refuse(refused.Refusal),
            ReactivateOrganizationOutcome.WasNotDeactivated => Refuse("WasNotDeactivated"),
            ReactivateOrganizationOutcome.NoSuchOrganization => NotFound(),
            var other => throw new UnreachableException(other.ToString()),
        };
    }
}
