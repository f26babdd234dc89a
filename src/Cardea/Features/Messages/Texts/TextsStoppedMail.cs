namespace Cardea.Features.Messages.Texts;

/// <summary>A-20: somebody has to look before the bill comes.</summary>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="Until"/> is shown.</param>
public sealed record TextsStoppedMail(
    Guid? AccountId, string To, string ToName, string? Language, int Count, DateTimeOffset Until, string TimeZone) : IMail
{
    public static string Kind => "texts-stopped";

    public DateTimeOffset UselessAfter => Until.AddDays(1);

    public MailText Write(MailContext context) => new(context.Words["TextsStoppedSubject"],
    [
        context.Say("TextsStoppedWhat", Count, MailContext.WallTime(Until, TimeZone)),
        context.Say("TextsStoppedYou"),
        context.Say("TextsStoppedOthers"),
    ]);
}
