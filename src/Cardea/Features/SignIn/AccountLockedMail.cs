using Cardea.Features.Messages;

namespace Cardea.Features.SignIn;

/// <summary>S0-07: the owner of a locked name is told, at most once a day.</summary>
public sealed record AccountLockedMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At) : IMail
{
    public static string Kind => "account-locked";

    public DateTimeOffset UselessAfter => At.AddDays(1);

    public MailText Write(MailContext context) => new(context.Words["AccountLockedSubject"],
    [
        context.Say("AccountLockedWhat"),
        context.Say("AccountLockedYou"),
        context.Say("AccountLockedNotYou"),
        .. context.Link("AccountLockedGuidance", "/guidance"),
    ]);
}
