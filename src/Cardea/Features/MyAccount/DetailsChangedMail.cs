using Cardea.Features.Alarms;
using Cardea.Features.Messages;

namespace Cardea.Features.MyAccount;

/// <summary>Name or phone number are others now: whoever helps this person goes by them.</summary>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="At"/> is shown.</param>
/// <param name="Secret">Of the link by which the owner freezes the account .</param>
public sealed record DetailsChangedMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone, string Secret) : IMail
{
    public static string Kind => "details-changed";

    public DateTimeOffset UselessAfter => At + AlarmNotices.LinksLiveFor;

    public MailText Write(MailContext context) => new(context.Words["DetailsChangedSubject"],
    [
        context.Say("DetailsChangedWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("FactorAddedYou"),
        context.Say("EmailChangedNotYou"),
        .. context.Link("ThisWasNotMe", AlarmPage.Of(Secret)),
    ]);
}
