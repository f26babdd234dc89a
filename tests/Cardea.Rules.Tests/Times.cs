namespace Cardea.Rules.Tests;

internal static class Times
{
    /// <summary>The finest step of time that the databases keep.</summary>
    public static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    /// <summary>A Monday at 8:00, when everybody signs in.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
}
