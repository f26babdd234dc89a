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
public sealed class DeactivateModel(
    AppDbContext db, DeactivateOrganization deactivate, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords)
    : ReasonModel(db, words, sharedWords)
{
    public PeopleShutOut People { get; private set; } = new(0, 0);

    protected override bool IsForDeactivated => false;

    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await base.PrepareAsync(cancellationToken);
        People = await deactivate.PreviewAsync(Id, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await deactivate.RunAsync(Id, HttpContext.RequiredPerson.OrganizationId, Input.Reason ?? "", cancellationToken) switch
        {
            DeactivateOrganizationOutcome.Deactivated => Redirect(ShowModel.PathOf(Id, "Deactivated")),
            DeactivateOrganizationOutcome.ReasonRefused refused => Refuse(refused.Refusal),
            DeactivateOrganizationOutcome.WasDeactivatedBefore => Refuse("WasDeactivatedBefore"),
            DeactivateOrganizationOutcome.IsOwn => Refuse("IsOwn"),
            DeactivateOrganizationOutcome.IsOfLastOperator => Refuse("IsOfLastOperator"),
            DeactivateOrganizationOutcome.NoSuchOrganization => NotFound(),
            var other => throw new UnreachableException(other.ToString()),
        };
    }
}
