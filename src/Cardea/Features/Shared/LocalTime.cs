namespace Cardea.Features.Shared;

/// <summary>Times are kept in UTC and shown in the person's time zone, which is the organization's until they choose another; the browser's is never asked (S0-19).</summary>
public static class LocalTime
{
    /// <summary>Of the columns that keep the name of a zone.</summary>
    public const int ZoneMaxLength = 60;

    public static DateTimeOffset Of(DateTimeOffset time, string timeZone) => TimeZoneInfo.ConvertTime(time, ZoneOf(timeZone));

    /// <summary>Whether it is the IANA id of a zone that this machine knows. It is a path of files, too, which can be written in longer ways.</summary>
    public static bool IsZone(string timeZone) =>
        timeZone.Length <= ZoneMaxLength && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) && zone.HasIanaId;

    /// <summary>One that this machine does not know is taken for UTC.</summary>
    public static TimeZoneInfo ZoneOf(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
