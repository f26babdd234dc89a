namespace Cardea.Rules.SecondFactors;

/// <summary>What becomes of a code from an authenticator app.</summary>
public abstract record TotpVerdict
{
    /// <param name="Step">To be kept as the last one used.</param>
    public sealed record Right(long Step) : TotpVerdict;

    /// <summary>It was right, but this or a later one was accepted already .</summary>
    public sealed record Used : TotpVerdict;

    /// <summary>It would be right at another time: refused, with a hint (S0-11).</summary>
    /// <param name="Minutes">How far the phone's clock is ahead; behind when negative. Never 0.</param>
    public sealed record ClockIsOff(int Minutes) : TotpVerdict;

    public sealed record Wrong : TotpVerdict;
}

/// <summary>Time steps of RFC 6238: 30 seconds, one step back, each accepted once (S0-10, K-14).</summary>
public static class TotpRules
{
    public const int Digits = 6;

    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>A slow typist finishes in the next step.</summary>
    private const int StepsBack = 1;

    private static readonly TimeSpan HintWithin = TimeSpan.FromMinutes(10);

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>All steps whose codes are worth computing: those that are accepted, and those that tell of a wrong clock.</summary>
    public static IEnumerable<long> StepsToLookAt(DateTimeOffset now)
    {
        var (current, reach) = (StepAt(now), (int)(HintWithin / Step));
        return Enumerable.Range(-reach, (2 * reach) + 1).Select(offset => current + offset);
    }

    /// <param name="matching">Those of <see cref="StepsToLookAt"/> whose code was typed.</param>
    /// <param name="lastUsed">The newest step accepted so far.</param>
    public static TotpVerdict Decide(IReadOnlyCollection<long> matching, long? lastUsed, DateTimeOffset now)
    {
        var current = StepAt(now);
        var accepted = matching.Where(step => step <= current && step >= current - StepsBack).ToList();
        if (accepted.Count > 0)
        {
            return accepted.Max() is var step && step > (lastUsed ?? long.MinValue) ? new TotpVerdict.Right(step) : new TotpVerdict.Used();
        }

        return matching.Count == 0
            ? new TotpVerdict.Wrong()
            : new TotpVerdict.ClockIsOff(WholeMinutes(matching.MinBy(step => long.Abs(step - current)) - current));
    }

    private static int WholeMinutes(long steps)
    {
        var minutes = (int)double.Round(steps * Step.TotalMinutes, MidpointRounding.AwayFromZero);
        return minutes != 0 ? minutes : long.Sign(steps);
    }
}
