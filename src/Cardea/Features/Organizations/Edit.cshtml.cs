using System.Diagnostics;
using Cardea.Data;
using Cardea.Features.Messages.Texts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

[SignedInRecently]
[TypeFilter<OrganizationsGuard>]
[KeepsDraft(
    nameof(Form.VersionShown),
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
public sealed class EditModel(
    AppDbContext db, ChangeOrganization change, IOptions<TextSettings> texts, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords)
    : OrganizationFormModel(texts, words, sharedWords)
{
    private readonly IStringLocalizer<Words> _words = words;

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    /// <summary>On file, whatever is being typed.</summary>
    public string Name { get; private set; } = "";

    public override async Task PrepareAsync(CancellationToken cancellationToken) =>
        Name = await db.Organizations.Where(o => o.Id == Id).Select(o => o.Name).SingleOrDefaultAsync(cancellationToken) ?? "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await db.FindOrganizationDetailsAsync(Id, cancellationToken) is not { } onFile)
        {
            return NotFound();
        }

        (Input, Name) = (Form.Of(onFile, Country), onFile.Name);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Read() is not { } wanted)
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        return await change.RunAsync(Id, wanted, Input.VersionShown ?? "", cancellationToken) switch
        {
            ChangeOrganizationOutcome.Changed changed => Redirect(ShowModel.PathOf(Id, changed.CodeIsNew ? "Code" : "Saved")),
            ChangeOrganizationOutcome.Refused refused => Refuse(refused.Reasons),
            ChangeOrganizationOutcome.CodeIsTaken => this.PageWithError("Input.Code", _words["CodeIsTaken"]),
            ChangeOrganizationOutcome.ParentIsUnknown => this.PageWithError("Input.ParentCode", _words["ParentIsUnknown"]),
            ChangeOrganizationOutcome.WouldBePartOfItself => this.PageWithError("Input.ParentCode", _words["WouldBePartOfItself"]),
            ChangeOrganizationOutcome.OthersAreOnFile others => ShowWhatIsOnFile(wanted, others.OnFile),
            ChangeOrganizationOutcome.NoSuchOrganization => NotFound(),
            var other => throw new UnreachableException(other.ToString()),
        };
    }

    /// <summary>What was typed stays; saved once more, it goes over what is on file now.</summary>
    private IActionResult ShowWhatIsOnFile(OrganizationDetails wanted, OrganizationDetails onFile)
    {
        ModelState.Remove("Input.VersionShown");
        (Input.VersionShown, Name) = (onFile.Version, onFile.Name);
        var kept = Form.Of(onFile, Country);
        var others =
            from field in wanted.Normalized(Country).DifferencesFrom(onFile)
            select _words["OnFileNow", _words[field], typeof(Form).GetProperty(field)!.GetValue(kept) ?? _words["None"].Value].Value;
        ModelState.AddModelError("", _words["OthersAreOnFile", string.Join("; ", others)]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }
}
