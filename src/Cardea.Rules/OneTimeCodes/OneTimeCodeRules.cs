using System.Globalization;

namespace Cardea.Rules.OneTimeCodes;

/// <summary>What was sent for one sign-in within its running hour.</summary>
public sealed record CodesSent(int Count, DateTimeOffset First, DateTimeOffset Last);

/// <summary>
/// A code that is sent to an email address or a phone: six digits, ten minutes, five tries (S1-06, S2-07, V6.5.4, V6.5.5). A new code brings new tries, so the
/// codes themselves are limited: whatever somebody does, they make at most 25 guesses at a million an hour (V6.6.3).
/// </summary>
public static class OneTimeCodeRules
{
    public const int Digits = 6;
    public const int Tries = 5;
    public const int CodesAnHour = 5;

    /// <summary>From the moment it was sent; at the end of the tenth minute it is over.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan BetweenCodes = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Characters of input; more than any way to write six digits.</summary>
    private const int LongestInput = 40;

    /// <summary>
    /// Six plain digits, or null. People copy "123 456" or "123-456" out of a mail, and some keyboards write other digits than ours.
    /// </summary>
    public static string? Read(string? typed)
    {
        if (typed is null or { Length: > LongestInput })
        {
            return null;
        }

        var digits = typed.Where(c => !char.IsWhiteSpace(c) && c is not '-').Select(CharUnicodeInfo.GetDecimalDigitValue).ToList();
        return digits.Count == Digits && digits.All(digit => digit >= 0) ? string.Concat(digits) : null;
    }

    /// <summary>
    /// Null when another code may be sent now, else how long to wait. Over all sign-ins of an account: signing in once more is no way around.
    /// An hour begins with its first code. What was sent in the future, before the clock was set back, keeps nobody waiting.
    /// </summary>
    public static TimeSpan? WaitBeforeNext(IReadOnlyCollection<CodesSent> sent, DateTimeOffset now)
    {
        var running = sent.Where(codes => IsRunning(codes, now)).ToList();
        if (running.Sum(codes => codes.Count) >= CodesAnHour)
        {
            return running.Min(codes => codes.First) + Hour - now;
        }

        var past = sent.Where(codes => codes.Last <= now + ServerClocks.MayDifferBy).ToList();
        var sinceLast = past.Count == 0 ? BetweenCodes : now - past.Max(codes => codes.Last);
        return sinceLast < BetweenCodes ? BetweenCodes - sinceLast : null;
    }

    /// <summary>The same with one more code: in the running hour, or as the first of the next.</summary>
    public static CodesSent WithOneMore(CodesSent? sent, DateTimeOffset now) =>
        sent is not null && IsRunning(sent, now) ? sent with { Count = sent.Count + 1, Last = now } : new(1, now, now);

    private static bool IsRunning(CodesSent codes, DateTimeOffset now) => codes.First <= now + ServerClocks.MayDifferBy && now - codes.First < Hour;
}
