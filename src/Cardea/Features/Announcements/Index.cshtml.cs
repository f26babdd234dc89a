using System.Globalization;
using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

/// <summary>What was announced to this person, in full.</summary>
public sealed class IndexModel(AppDbContext db, MarkAnnouncementRead markRead, AnnouncementWriters writers, TimeProvider clock) : PageModel, IShownAgain
{
    public const string Path = "/announcements";

    private const int Most = 50;

    public IReadOnlyList<ShownAnnouncement> Announcements { get; private set; } = [];

    public bool MayWrite => writers.Find(Person) is not null;

    private SignedInPerson Person => HttpContext.RequiredPerson;

    public async Task PrepareAsync(CancellationToken cancellationToken) => Announcements = await db.Announcements.AsNoTracking()
        .ShownTo(Person, clock.Now).AsReadBy(db, Person, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName).Take(Most).ToListAsync(cancellationToken);

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync([FromForm] Guid announcement, CancellationToken cancellationToken)
    {
        await markRead.RunAsync(Person, announcement, cancellationToken);
        return Redirect(Path);
    }

    public string When(DateTimeOffset time) => LocalTime.Of(time, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture);
}
