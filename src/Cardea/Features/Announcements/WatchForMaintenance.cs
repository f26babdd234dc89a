using Cardea.Data;
using Cardea.Hosting;
using Cardea.Rules.Announcements;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

/// <summary>Looks every few seconds, off the way of those who sign in, which maintenance is announced.</summary>
public sealed class WatchForMaintenance(AppDbContext db, MaintenanceNotices notices, TimeProvider clock) : IRound
{
    /// <summary>More than one at a time is a mistake that should not hide the form.</summary>
    private const int MostAtOnce = 3;

    public static TimeSpan Every => TimeSpan.FromSeconds(5);

    public static string Work => "Looking for announced maintenance";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reading = notices.BeginReading();
        var now = clock.Now;
        var soon = now + AnnouncementRules.MaintenanceNotice + Every;
        var announced = await db.Announcements.AsNoTracking()
            .Where(a => a.Until > now && a.From <= soon && a.Kind == AnnouncementKind.Maintenance && a.WithdrawnAt == null)
            .OrderBy(a => a.From).ThenBy(a => a.Id)
            .Take(MostAtOnce)
            .Select(a => new
            {
                a.From,
                a.Until,
                TimeZone = db.Organizations
                    .Where(o => db.Accounts.Any(writer => writer.Id == a.WrittenBy && writer.HomeOrganizationId == o.Id)).Select(o => o.TimeZone).FirstOrDefault(),
                Texts = a.Texts.Select(text => new { text.Language, text.Title, text.Body }).ToList(),
            })
            .ToListAsync(cancellationToken);
        notices.Know(
            [.. announced.Select(a => new AnnouncedMaintenance(
                a.From, a.Until, a.TimeZone ?? "UTC", a.Texts.ToDictionary(text => text.Language, text => new Wording(text.Title, text.Body))))],
            reading);
    }
}
