using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Shared;

/// <summary>Those of the United States and its islands, by the names that people know them by; the command line takes every other.</summary>
public static class OfferedTimeZones
{
    private static readonly (string Id, string Word)[] All =
    [
        ("America/Puerto_Rico", "ZoneAtlantic"),
        ("America/New_York", "ZoneEastern"),
        ("America/Chicago", "ZoneCentral"),
        ("America/Denver", "ZoneMountain"),
        ("America/Phoenix", "ZoneArizona"),
        ("America/Los_Angeles", "ZonePacific"),
        ("America/Anchorage", "ZoneAlaska"),
        ("Pacific/Honolulu", "ZoneHawaii"),
        ("Pacific/Pago_Pago", "ZoneSamoa"),
        ("Pacific/Guam", "ZoneChamorro"),
    ];

    public static IEnumerable<SelectListItem> Options(IStringLocalizer<Words> words) => All.Select(zone => new SelectListItem(words[zone.Word], zone.Id));

    public static bool Has(string zone) => All.Any(offered => offered.Id == zone);

    /// <summary>The IANA id itself for one that is not offered.</summary>
    public static string NameOf(string zone, IStringLocalizer<Words> words) =>
        All.Where(offered => offered.Id == zone).Select(offered => words[offered.Word].Value).FirstOrDefault(zone);
}
