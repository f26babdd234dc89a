namespace Cardea.Features.Shared;

/// <summary>Times are kept in UTC and shown in the person's time zone, which is the organization's until they choose another; the browser's is never asked (S0-19).</summary>
public static class LocalTime
{
    public static DateTimeOffset Of(DateTimeOffset time, string timeZone) => TimeZoneInfo.ConvertTime(time, ZoneOf(timeZone));

    /// <summary>One that this machine does not know is taken for UTC.</summary>
    public static TimeZoneInfo ZoneOf(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
