using Cardea.Features.Messages;

namespace Cardea.Features.Callers;

/// <summary>The code that shows a help desk to whom it is talking. Whoever did not call must know that somebody else did, in their name.</summary>
public sealed record CallerCodeMail(Guid? AccountId, string To, string ToName, string? Language, string Code, DateTimeOffset ValidUntil) : IMail
{
    public static string Kind => "caller-code";

    public DateTimeOffset UselessAfter => ValidUntil;

    public MailText Write(MailContext context) => new(context.Words["CallerCodeSubject"],
    [
        context.Say("CallerCodeRead"),
        new MailBlock.Code(Code),
        context.Say("CallerCodeOnce", (int)Math.Ceiling((ValidUntil - context.Now).TotalMinutes)),
        context.Say("CallerCodeSecret"),
        context.Say("CallerCodeNotYou"),
    ]);
}
