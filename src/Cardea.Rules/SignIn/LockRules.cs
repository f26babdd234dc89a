namespace Cardea.Rules.SignIn;

/// <summary>How failed tries slow the next one down (S0-07, N-07, V6.3.1). Counts are 1 or more, times are positive.</summary>
public sealed record LockPolicy
{
    public int FailuresBeforeLock { get; init; } = 5;

    public TimeSpan FirstLock { get; init; } = TimeSpan.FromMinutes(3);

    public TimeSpan LongestLock { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Failures over all sources, after which only a known device, a passkey or a reset link gets in (S0-08).</summary>
    public int HardStopAfter { get; init; } = 100;
}

/// <summary>The temporary lock on one sign-in name from one source (S0-07).</summary>
public static class LockRules
{
    /// <summary>Beyond this many doublings every lock is the longest one; the shift stays within 128 bits.</summary>
    private const int MostDoublings = 60;

    /// <summary>How long the failure numbered <paramref name="failures"/> locks: nothing below the limit, then doubling each time.</summary>
    public static TimeSpan LockAfter(int failures, LockPolicy policy)
    {
        if (failures < policy.FailuresBeforeLock)
        {
            return TimeSpan.Zero;
        }

        var doublings = int.Min(failures - policy.FailuresBeforeLock, MostDoublings);
        var ticks = Int128.Min((Int128)policy.FirstLock.Ticks << doublings, policy.LongestLock.Ticks);

        return TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>Locks that end later were made before the server's clock was set back, and hold no more.</summary>
    public static DateTimeOffset LatestEnd(LockPolicy policy, DateTimeOffset now) => now + policy.LongestLock + ServerClocks.MayDifferBy;

    public static bool Holds(DateTimeOffset lockedUntil, LockPolicy policy, DateTimeOffset now) => now < lockedUntil && lockedUntil <= LatestEnd(policy, now);

    /// <summary>The N of "Wait N minutes": rounded up, so that waiting N minutes is enough, and never 0.</summary>
    public static int WholeMinutesLeft(DateTimeOffset lockedUntil, DateTimeOffset now) =>
        int.Max(1, (int)Math.Ceiling((lockedUntil - now).TotalMinutes));
}
