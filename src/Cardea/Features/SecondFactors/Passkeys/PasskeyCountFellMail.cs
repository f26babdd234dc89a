using Cardea.Features.Messages;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>A-25: there may be a copy of the passkey, and only its owner can tell.</summary>
public sealed record PasskeyCountFellMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "passkey-count-fell";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["PasskeyCountFellSubject"],
    [
        context.Say("PasskeyCountFellWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("PasskeyCountFellWhy"),
        context.Say("PasskeyCountFellHowOn"),
    ]);
}
