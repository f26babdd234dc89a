using Cardea.Features.Messages;

namespace Cardea.Features.Accounts;

/// <summary>So that nobody can be given a password, and somebody else their account, unnoticed. The password itself takes another way.</summary>
public sealed record NewPasswordMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At) : IMail
{
    public static string Kind => "new-password";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["NewPasswordSubject"],
    [
        context.Say("NewPasswordWhat"),
        context.Say("NewPasswordYou"),
        context.Say("NewPasswordNotYou"),
    ]);
}
