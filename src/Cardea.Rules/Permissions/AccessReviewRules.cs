namespace Cardea.Rules.Permissions;

/// <summary>Who has access is looked at again and again: what nobody needs any more is what leaks (H-01).</summary>
public static class AccessReviewRules
{
    /// <summary>Access that was given or confirmed no later than this is to be confirmed now.</summary>
    public static DateTimeOffset ConfirmedUntil(TimeSpan every, DateTimeOffset now) => now - every;

    /// <summary>Access that was given or confirmed no later than this ends, when the policy says so: <paramref name="grace"/> after it was due.</summary>
    public static DateTimeOffset EndsWhenConfirmedUntil(TimeSpan every, TimeSpan grace, DateTimeOffset now) => now - every - grace;
}
