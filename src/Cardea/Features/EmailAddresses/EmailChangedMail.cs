using Cardea.Features.Messages;
using Cardea.Rules.EmailAddresses;

namespace Cardea.Features.EmailAddresses;

/// <summary>S2-07: the former address is told, so that its owner notices a change that they did not make.</summary>
/// <param name="NewAddress">Shown masked.</param>
/// <param name="TimeZone">IANA id of the organization's, in which <paramref name="At"/> is shown.</param>
public sealed record EmailChangedMail(
    Guid? AccountId, string To, string ToName, string? Language, string NewAddress, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "email-changed";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["EmailChangedSubject"],
    [
        context.Say("EmailChangedWhat", MailContext.WallTime(At, TimeZone), EmailAddressRules.Masked(NewAddress)),
        context.Say("EmailChangedYou"),
        context.Say("EmailChangedNotYou"),
    ]);
}
