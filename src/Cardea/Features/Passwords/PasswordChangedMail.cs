using Cardea.Features.Messages;

namespace Cardea.Features.Passwords;

/// <summary>So that nobody's password is replaced unnoticed (S2-11, V6.3.7).</summary>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="At"/> is shown.</param>
public sealed record PasswordChangedMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "password-changed";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["PasswordChangedSubject"],
    [
        context.Say("PasswordChangedWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("PasswordChangedYou"),
        context.Say("PasswordChangedNotYou"),
    ]);
}
