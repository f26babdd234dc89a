using Cardea.Features.Messages;

namespace Cardea.Features.SecondFactors.Codes;

/// <summary>S1-06: the code that is asked for after the password.</summary>
public sealed record SignInCodeMail(Guid? AccountId, string To, string ToName, string? Language, string Code, DateTimeOffset ValidUntil) : IMail
{
    public static string Kind => "sign-in-code";

    public DateTimeOffset UselessAfter => ValidUntil;

    public MailText Write(MailContext context) => new(context.Words["SignInCodeSubject"],
    [
        context.Say("SignInCodeEnter"),
        new MailBlock.Code(Code),
        context.Say("SignInCodeOnce"),
        context.Say("SignInCodeSecret"),
        context.Say("SignInCodeNotYou"),
    ]);
}
