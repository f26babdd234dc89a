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

/// <summary>Changes what was announced; to whom stays.</summary>
[SignedInRecently]
[KeepsDraft(
    nameof(Form.VersionShown), nameof(Form.Kind), nameof(Form.Audience), nameof(Form.From), nameof(Form.Until), nameof(Form.Text.Title), nameof(Form.Text.Body))]
public sealed class EditModel(
    AppDbContext db,
    ChangeAnnouncement change,
    AnnouncementWriters writers,
    TimeProvider clock,
    IStringLocalizer<Words> words,
    IStringLocalizer<Shared.Words> sharedWords) : AnnouncementFormModel(writers, clock, words, sharedWords)
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid AnnouncementId { get; set; }

    public override bool IsNew => false;

    private Announcement OnFile { get; set; } = null!;   // read before any handler

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (OnFile.WithdrawnAt is not null)
        {
            return Redirect(ListPath);
        }

        var draft = OnFile.ToDraft();
        Input = new()
        {
            VersionShown = draft.Version,
            Kind = draft.Kind.ToString(),
            Audience = draft.Audience.ToString(),
            From = Typed(draft.From),
            Until = draft.Until is { } until ? Typed(until) : null,
            Texts = [.. draft.Wordings.Select(wording => new Form.Text { Title = wording.Title, Body = wording.Body })],
        };
        await PrepareAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (OnFile.WithdrawnAt is not null)
        {
            return TellThatItIsWithdrawn();
        }

        if (Read(OnFile.OrganizationId) is not { } draft)
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        if (!IsToBePublished)
        {
            return Show(draft);
        }

        var outcome = await change.RunAsync(Person, AnnouncementId, draft, Input.VersionShown ?? "", cancellationToken);
        return outcome switch
        {
            ChangeAnnouncementOutcome.Changed => Redirect($"{ListPath}?done={ListModel.Changed}"),
            ChangeAnnouncementOutcome.Refused refused => Refuse(refused.Reasons),
            ChangeAnnouncementOutcome.OtherIsOnFile other => ShowWhatIsOnFile(other.OnFile),
            ChangeAnnouncementOutcome.OutOfReach => TellThatItIsWithdrawn(),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    protected override async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        OnFile = (await db.Announcements.AsNoTracking().ReachedBy(Writer).Include(a => a.Texts)
            .SingleOrDefaultAsync(a => a.Id == AnnouncementId, cancellationToken))!;
        return OnFile is not null;
    }

    /// <summary>What was typed stays; published once more, it goes over what is on file now.</summary>
    private IActionResult ShowWhatIsOnFile(AnnouncementDraft onFile)
    {
        ModelState.Remove("Input.VersionShown");
        Input.VersionShown = onFile.Version;
        ModelState.AddModelError("", Words["OtherIsOnFile", onFile.Wordings[0].Title, When(onFile.From), onFile.Until is { } until ? When(until) : Words["NoEnd"].Value]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    private IActionResult TellThatItIsWithdrawn()
    {
        ModelState.AddModelError("", Words["IsWithdrawn"]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }
}
