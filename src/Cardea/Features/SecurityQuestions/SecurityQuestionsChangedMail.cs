using Cardea.Features.Alarms;
using Cardea.Features.Messages;

namespace Cardea.Features.SecurityQuestions;

/// <summary>What opens an account after a reset link was changed: its owner is told (ASVS V6.3.7).</summary>
/// <param name="TimeZone">IANA id in which <paramref name="At"/> is shown.</param>
/// <param name="Secret">Of the link by which the owner freezes the account .</param>
public sealed record SecurityQuestionsChangedMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone, string Secret) : IMail
{
    public static string Kind => "security-questions-changed";

    public DateTimeOffset UselessAfter => At + AlarmNotices.LinksLiveFor;

    public MailText Write(MailContext context) => new(context.Words["QuestionsChangedSubject"],
    [
        context.Say("QuestionsChangedWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("FactorAddedYou"),
        context.Say("FactorAddedNotYou"),
        .. context.Link("ThisWasNotMe", AlarmPage.Of(Secret)),
    ]);
}
