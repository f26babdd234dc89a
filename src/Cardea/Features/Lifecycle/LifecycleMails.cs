using Cardea.Features.Messages;

namespace Cardea.Features.Lifecycle;

/// <summary>S2-16. Its link goes to the plain sign-in page and carries no token: nobody should learn to trust links that do (K-16).</summary>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="ExpiresAt"/> is shown.</param>
public sealed record PasswordExpiresMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset ExpiresAt, string TimeZone) : IMail
{
    public static string Kind => "password-expires";

    public DateTimeOffset UselessAfter => ExpiresAt;

    public bool IsFromHelpDesk => true;

    public MailText Write(MailContext context) => new(context.Words["PasswordExpiresSubject"],
    [
        context.Say("PasswordExpiresWhat", context.RegistryName, MailContext.WallTime(ExpiresAt, TimeZone)),
        context.Say("PasswordExpiresHowOn"),
        .. context.Link("SignInPage", "/sign-in"),
    ]);
}

/// <summary>S2-18.</summary>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="InactiveAt"/> is shown.</param>
public sealed record BecomesInactiveMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset InactiveAt, string TimeZone) : IMail
{
    public static string Kind => "becomes-inactive";

    public DateTimeOffset UselessAfter => InactiveAt;

    public bool IsFromHelpDesk => true;

    public MailText Write(MailContext context) => new(context.Words["BecomesInactiveSubject"],
    [
        context.Say("BecomesInactiveWhat", context.RegistryName, MailContext.WallTime(InactiveAt, TimeZone)),
        context.Say("BecomesInactiveHowOn"),
        .. context.Link("SignInPage", "/sign-in"),
        context.Say("BecomesInactiveAfter"),
    ]);
}

/// <summary>S2-19. The password itself takes another way.</summary>
public sealed record ReactivatedMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At) : IMail
{
    public static string Kind => "reactivated";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["ReactivatedSubject"],
    [
        context.Say("ReactivatedWhat", context.RegistryName),
        context.Say("NewPasswordYou"),
        context.Say("NewPasswordNotYou"),
    ]);
}
