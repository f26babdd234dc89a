namespace Cardea.Rules.Lifecycle;

/// <summary>
/// When somebody is told of what will happen, and when it does (S2-16, S2-18). Everything follows from facts and the policy: however late a job
/// comes, it finds what is due now, and no more.
/// </summary>
public static class NoticeRules
{
    /// <summary>Facts from then on, and no later ones, call for a notice now. For the inactivity as well as for the password.</summary>
    /// <param name="after">From the fact to what happens.</param>
    public static DateTimeOffset TellAbout(TimeSpan after, TimeSpan noticeBefore, DateTimeOffset now) => now - (after - noticeBefore);

    /// <summary>What will happen to the account: not before its owner had as long as the policy promises.</summary>
    /// <param name="toldAt">When the notice was made.</param>
    public static DateTimeOffset InactiveAt(DateTimeOffset idleSince, DateTimeOffset toldAt, TimeSpan inactiveAfter, TimeSpan noticeBefore)
    {
        var (byUse, byNotice) = (idleSince + inactiveAfter, toldAt + noticeBefore);
        return byUse > byNotice ? byUse : byNotice;
    }
}
