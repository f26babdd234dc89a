using Cardea.Features.Messages;

namespace Cardea.Features.EmailAddresses;

/// <summary>S2-07: the code that proves a corrected address, sent to that address.</summary>
public sealed record EmailCodeMail(Guid? AccountId, string To, string ToName, string? Language, string Code, DateTimeOffset ValidUntil) : IMail
{
    public static string Kind => "email-code";

    public DateTimeOffset UselessAfter => ValidUntil;

    public MailText Write(MailContext context) => new(context.Words["EmailCodeSubject"],
    [
        context.Say("EmailCodeEnter"),
        new MailBlock.Code(Code),
        context.Say("EmailCodeOnce", (int)Math.Ceiling((ValidUntil - context.Now).TotalMinutes)),
        context.Say("EmailCodeSecret"),
        context.Say("EmailCodeNotYou"),
    ]);
}
