using System.Diagnostics;
using Cardea.Features.Messages.Texts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

[SignedInRecently]
[TypeFilter<OrganizationsGuard>]
[KeepsDraft(
    nameof(Form.Code),
    nameof(Form.Name),
    nameof(Form.Type),
    nameof(Form.TimeZone),
    nameof(Form.Language),
    nameof(Form.HelpPhone),
    nameof(Form.HelpEmail),
    nameof(Form.ParentCode),
    nameof(Form.AgreementFrom),
    nameof(Form.AgreementUntil))]
public sealed class CreateModel(
    CreateOrganization create, IOptions<TextSettings> texts, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords)
    : OrganizationFormModel(texts, words, sharedWords)
{
    private readonly IStringLocalizer<Words> _words = words;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Read() is not { } wanted)
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        return await create.RunAsync(wanted, cancellationToken) switch
        {
            CreateOrganizationOutcome.Created created => Redirect(ShowModel.PathOf(created.OrganizationId, "Created")),
            CreateOrganizationOutcome.Refused refused => Refuse(refused.Reasons),
            CreateOrganizationOutcome.CodeIsTaken => this.PageWithError("Input.Code", _words["CodeIsTaken"]),
            CreateOrganizationOutcome.ParentIsUnknown => this.PageWithError("Input.ParentCode", _words["ParentIsUnknown"]),
            var other => throw new UnreachableException(other.ToString()),
        };
    }
}
