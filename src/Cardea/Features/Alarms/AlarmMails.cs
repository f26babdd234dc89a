using Cardea.Features.Messages;
using Cardea.Rules.Sessions;

namespace Cardea.Features.Alarms;

/// <summary>X-07.</summary>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="At"/> is shown.</param>
/// <param name="Secret">Of the link by which the owner freezes the account.</param>
public sealed record NewDeviceMail(
    Guid? AccountId, string To, string ToName, string? Language, string Address, string UserAgent, DateTimeOffset At, string TimeZone, string Secret) : IMail
{
    public static string Kind => "new-device";

    public DateTimeOffset UselessAfter => At + AlarmNotices.LinksLiveFor;

    public MailText Write(MailContext context) => new(context.Words["NewDeviceSubject"],
    [
        context.Say("NewDeviceWhat", MailContext.WallTime(At, TimeZone), Address, BrowserName.Of(UserAgent)),
        context.Say("FactorAddedYou"),
        .. context.Link("ThisWasNotMe", AlarmPage.Of(Secret)),
    ]);
}

/// <summary>To those who can help .</summary>
/// <param name="Person">Whose account it is.</param>
public sealed record AccountFrozenMail(
    Guid? AccountId, string To, string ToName, string? Language, string Person, string Organization, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "account-frozen";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["AccountFrozenSubject"],
    [
        context.Say("AccountFrozenWhat", MailContext.WallTime(At, TimeZone), Person, Organization),
        context.Say("AccountFrozenHowOn"),
    ]);
}

public static class AlarmPage
{
    public static string Of(string secret) => $"/not-me?link={secret}";
}
