using System.Globalization;
using Cardea.Data;
using Cardea.Hosting;
using Cardea.Rules.Announcements;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Announcements;

/// <summary>What was announced, and what is to come.</summary>
public sealed class ListModel(AppDbContext db, AnnouncementWriters writers, TimeProvider clock) : AnnouncementAdminModel(writers)
{
    public const string Published = "published", Changed = "changed", Withdrawn = "withdrawn";

    /// <summary>The others are as old as the hills.</summary>
    private const int Most = 100;

    public IReadOnlyList<(AnnouncementTime Time, IReadOnlyList<Row> Rows)> Sections { get; private set; } = [];

    /// <summary>The word for what was done a moment ago; null when nothing was.</summary>
    public string? Done { get; private set; }

    public async Task OnGetAsync(string? done, CancellationToken cancellationToken)
    {
        Done = done switch { Published => "DonePublished", Changed => "DoneChanged", Withdrawn => "DoneWithdrawn", _ => null };
        var (now, language, standIn) = (clock.Now, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, Languages.All[0]);
        var rows = await db.Announcements.AsNoTracking().ReachedBy(Writer)
            .OrderBy(a => a.WithdrawnAt == null && (a.Until == null || a.Until > now) ? 0 : 1).ThenByDescending(a => a.From).ThenBy(a => a.Id)
            .Take(Most)
            .Select(a => new Row(
                a.Id,
                a.Kind,
                a.Audience,
                db.Organizations.Where(o => o.Id == a.OrganizationId).Select(o => o.Code).FirstOrDefault(),
                a.From,
                a.Until,
                a.WithdrawnAt,
                a.Texts.Where(text => text.Language == language || text.Language == standIn)
                    .OrderBy(text => text.Language == language ? 0 : 1).Select(text => text.Title).First()))
            .ToListAsync(cancellationToken);
        Sections =
        [
            .. new[] { AnnouncementTime.Current, AnnouncementTime.Coming, AnnouncementTime.Past }
                .Select(time => (time, (IReadOnlyList<Row>)[.. rows.Where(row => row.TimeAt(now) == time)])),
        ];
    }

    /// <param name="OrganizationCode">Null for all organizations.</param>
    public sealed record Row(
        Guid Id,
        AnnouncementKind Kind,
        AnnouncementAudience Audience,
        string? OrganizationCode,
        DateTimeOffset From,
        DateTimeOffset? Until,
        DateTimeOffset? WithdrawnAt,
        string Title)
    {
        public AnnouncementTime TimeAt(DateTimeOffset now) => WithdrawnAt is not null ? AnnouncementTime.Past : AnnouncementRules.Decide(From, Until, now);
    }
}
