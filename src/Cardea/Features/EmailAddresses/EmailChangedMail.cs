using Cardea.Features.Alarms;
using Cardea.Features.Messages;
using Cardea.Rules.EmailAddresses;

namespace Cardea.Features.EmailAddresses;

/// <summary>S2-07: the former address is told, so that its owner notices a change that they did not make.</summary>
/// <param name="NewAddress">Shown masked.</param>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="At"/> is shown.</param>
/// <param name="Secret">Of the link by which the owner freezes the account .</param>
public sealed record EmailChangedMail(
    Guid? AccountId, string To, string ToName, string? Language, string NewAddress, DateTimeOffset At, string TimeZone, string Secret) : IMail
{
    public static string Kind => "email-changed";

    public DateTimeOffset UselessAfter => At + AlarmNotices.LinksLiveFor;

    public MailText Write(MailContext context) => new(context.Words["EmailChangedSubject"],
    [
        context.Say("EmailChangedWhat", MailContext.WallTime(At, TimeZone), EmailAddressRules.Masked(NewAddress)),
        context.Say("EmailChangedYou"),
        context.Say("EmailChangedNotYou"),
        .. context.Link("ThisWasNotMe", AlarmPage.Of(Secret)),
    ]);
}
