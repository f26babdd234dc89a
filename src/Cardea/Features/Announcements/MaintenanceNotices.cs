using System.Globalization;
using Cardea.Data;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Announcements;

namespace Cardea.Features.Announcements;

/// <summary>Maintenance that was announced and is not over.</summary>
/// <param name="TimeZone">IANA id, of the writer's organization: whoever runs the registry speaks of the time on their wall.</param>
/// <param name="Texts">By language.</param>
public sealed record AnnouncedMaintenance(DateTimeOffset From, DateTimeOffset? Until, string TimeZone, IReadOnlyDictionary<string, Wording> Texts);

/// <summary>
/// What the sign-in page says of maintenance. It is kept in memory, so that a page which everybody opens at eight o'clock asks the database
/// nothing, and is there without one. Another node's change shows after <see cref="WatchForMaintenance.Every"/>.
/// </summary>
public sealed class MaintenanceNotices(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<AnnouncedMaintenance> _known = [];
    private long _readings, _knownSince;

    /// <summary>All in the language of the words: the reader's, or English where there are none in it.</summary>
    public IEnumerable<Notice> In(string language)
    {
        var now = clock.Now;
        return _known.Where(one => AnnouncementRules.IsOnSignInPage(one.From, one.Until, now)).OrderBy(one => one.From).Select(one =>
        {
            var spoken = one.Texts.ContainsKey(language) ? language : Languages.All[0];
            var text = one.Texts[spoken];
            var culture = CultureInfo.GetCultureInfo(spoken);
            return new Notice(NoticeKind.Warning, $"{text.Title} ({When(one.From, one.TimeZone, culture)} – {When(one.Until!.Value, one.TimeZone, culture)}). {text.Body}", spoken);
        });
    }

    /// <summary>Before the database is asked; goes with what it answers to <see cref="Know"/>.</summary>
    public long BeginReading() => Interlocked.Increment(ref _readings);

    /// <summary>What was read later is truer, even if it arrives first.</summary>
    public void Know(IReadOnlyList<AnnouncedMaintenance> maintenance, long reading)
    {
        lock (_lock)
        {
            if (reading > _knownSince)
            {
                (_known, _knownSince) = (maintenance, reading);
            }
        }
    }

    /// <summary>Nobody knows yet where the reader is: with its distance from UTC a time is the same everywhere.</summary>
    private static string When(DateTimeOffset time, string timeZone, CultureInfo culture)
    {
        var there = LocalTime.Of(time, timeZone);
        return $"{there.ToString("f", culture)}, UTC{there.ToString("zzz", CultureInfo.InvariantCulture)}";
    }
}
