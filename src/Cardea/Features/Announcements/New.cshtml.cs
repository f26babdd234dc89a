using System.Diagnostics;
using Cardea.Data;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules.Announcements;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Announcements;

/// <summary>What is said in the registry's name is believed, so an unlocked screen is not enough.</summary>
[SignedInRecently]
[KeepsDraft(
    nameof(Form.Kind), nameof(Form.OrganizationCode), nameof(Form.Audience), nameof(Form.From), nameof(Form.Until), nameof(Form.Text.Title), nameof(Form.Text.Body))]
public sealed class NewModel(
    AppDbContext db,
    WriteAnnouncement write,
    AnnouncementWriters writers,
    TimeProvider clock,
    IStringLocalizer<Words> words,
    IStringLocalizer<Shared.Words> sharedWords) : AnnouncementFormModel(writers, clock, words, sharedWords)
{
    private readonly TimeProvider _clock = clock;

    public override bool IsNew => true;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Input = new() { FormId = _clock.NewId().ToString() };
        await PrepareAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var organization = await ReadOrganizationAsync(cancellationToken);
        if (Read(organization) is not { } draft)
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        if (!IsToBePublished)
        {
            return Show(draft);
        }

        var id = Guid.TryParse(Input.FormId, out var ofForm) ? ofForm : _clock.NewId();
        var outcome = await write.RunAsync(Person, id, draft, cancellationToken);
        return outcome switch
        {
            WriteAnnouncementOutcome.Written => Redirect($"{ListPath}?done={ListModel.Published}"),
            WriteAnnouncementOutcome.Refused refused => Refuse(refused.Reasons),
            WriteAnnouncementOutcome.OutOfReach => NotFound(),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    /// <summary>Null for all organizations. Who writes to the own one alone is not asked.</summary>
    private async Task<Guid?> ReadOrganizationAsync(CancellationToken cancellationToken)
    {
        if (!Writer.ReachesAll)
        {
            return Writer.OrganizationId;
        }

        if (string.IsNullOrWhiteSpace(Input.OrganizationCode))
        {
            return null;
        }

        var code = Input.OrganizationCode.Trim();
        var found = await db.Organizations.Where(o => o.Code == code).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancellationToken);
        ComplainIf(found is null, nameof(Form.OrganizationCode), "NoSuchOrganization");
        return found;
    }
}
