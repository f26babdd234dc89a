using Cardea.Features.Messages;

namespace Cardea.Features.Passwords;

/// <summary>N-04. Without a link, and without a token all the more: those who write such mails to steal passwords send one (K-16).</summary>
public sealed record PasswordCompromisedMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At) : IMail
{
    public static string Kind => "password-compromised";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["PasswordCompromisedSubject"],
    [
        context.Say("PasswordCompromisedWhat", context.RegistryName),
        context.Say("PasswordCompromisedHowOn"),
        context.Say("PasswordCompromisedElsewhere"),
    ]);
}
