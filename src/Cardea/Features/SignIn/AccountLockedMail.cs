using Cardea.Features.Messages;

namespace Cardea.Features.SignIn;

/// <summary>S0-07: the owner of a locked name is told, at most once a day.</summary>
/// <param name="IsStopped">Everywhere and until somebody acts, but for known devices (S0-08); else at one place and for a while.</param>
public sealed record AccountLockedMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, bool IsStopped = false) : IMail
{
    public static string Kind => "account-locked";

    public DateTimeOffset UselessAfter => At.AddDays(1);

    public MailText Write(MailContext context) => new(context.Words[IsStopped ? "AccountStoppedSubject" : "AccountLockedSubject"],
    [
        context.Say(IsStopped ? "AccountStoppedWhat" : "AccountLockedWhat"),
        context.Say(IsStopped ? "AccountStoppedYou" : "AccountLockedYou"),
        context.Say("AccountLockedNotYou"),
        .. context.Link("AccountLockedGuidance", "/guidance"),
    ]);
}
