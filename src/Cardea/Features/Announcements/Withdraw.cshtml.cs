using Cardea.Data;
using Cardea.Features.SecondFactors.Security;
using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

/// <summary>Asks once more before nobody sees an announcement any more.</summary>
[SignedInRecently]
public sealed class WithdrawModel(AppDbContext db, WithdrawAnnouncement withdraw, AnnouncementWriters writers)
    : AnnouncementAdminModel(writers), IShownAgain
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid AnnouncementId { get; set; }

    /// <summary>In the writers' common language.</summary>
    public AnnouncementText Text { get; private set; } = null!;   // read before any handler

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await withdraw.RunAsync(Person, AnnouncementId, cancellationToken);   // withdrawn by somebody else meanwhile: so it is
        return Redirect($"{ListPath}?done={ListModel.Withdrawn}");
    }

    protected override async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        var standIn = Languages.All[0];
        Text = (await db.Announcements.AsNoTracking().ReachedBy(Writer)
            .Where(a => a.Id == AnnouncementId).SelectMany(a => a.Texts.Where(text => text.Language == standIn)).SingleOrDefaultAsync(cancellationToken))!;
        return Text is not null;
    }
}
