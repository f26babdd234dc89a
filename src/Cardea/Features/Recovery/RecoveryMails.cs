using Cardea.Features.Accounts;
using Cardea.Features.Messages;
using Cardea.Rules.Recovery;
using Cardea.Rules.SignIn;

namespace Cardea.Features.Recovery;

/// <summary>S2-32. The link is the only secret in it; what else is asked for stands on its page.</summary>
public sealed record ResetLinkMail(
    Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, TimeSpan LivesFor, string Secret) : IMail
{
    public static string Kind => "reset-link";

    public DateTimeOffset UselessAfter => At + LivesFor;

    /// <summary>Without the link.</summary>
    public override string ToString() => Kind;

    public MailText Write(MailContext context) => new(context.Words["ResetLinkSubject"],
    [
        context.Say("ResetLinkWhat", context.RegistryName),
        .. context.PublicAddress is null ? [context.Say("ResetLinkNone")] : context.Link("ResetMyPassword", RecoveryPages.Link(Secret)),
        LivesFor >= TimeSpan.FromHours(2) ? context.Say("ResetLinkHours", (int)LivesFor.TotalHours) : context.Say("ResetLinkMinutes", (int)LivesFor.TotalMinutes),
        context.Say("ResetLinkNotYou"),
    ]);
}

/// <summary>Says to the owner alone what the page says to nobody (S2-35).</summary>
public sealed record ResetRefusedMail(
    Guid? AccountId, string To, string ToName, string? Language, Audience Audience, RecoveryRefusal Refusal, DateTimeOffset At) : IMail
{
    public static string Kind => "reset-refused";

    public DateTimeOffset UselessAfter => At.AddDays(1);

    public MailText Write(MailContext context) => new(context.Words["ResetRefusedSubject"],
    [
        context.Say("ResetRefusedWhat", context.RegistryName),
        context.Say($"ResetRefused{Refusal}"),
        context.Say(Audience is Audience.Staff ? "ResetRefusedHowOn" : "ResetRefusedHowOnPatient"),
        context.Say("ResetRefusedNotYou"),
    ]);
}

/// <summary>The third wrong answer (S2-34).</summary>
/// <param name="TimeZone">IANA id of the reader's, in which <paramref name="At"/> is shown.</param>
public sealed record AccountHardLockedMail(Guid? AccountId, string To, string ToName, string? Language, DateTimeOffset At, string TimeZone) : IMail
{
    public static string Kind => "account-hard-locked";

    public DateTimeOffset UselessAfter => At.AddDays(7);

    public MailText Write(MailContext context) => new(context.Words["HardLockedSubject"],
    [
        context.Say("HardLockedWhat", MailContext.WallTime(At, TimeZone)),
        context.Say("HardLockedHowOn"),
        context.Say("HardLockedNotYou"),
    ]);
}

/// <param name="OrganizationCode">Said where people sign in by it.</param>
public sealed record MailedSignInName(string Person, string OrganizationCode, string Name);

/// <summary>X-01.</summary>
public sealed record SignInNamesMail(
    Guid? AccountId, string To, string ToName, string? Language, IReadOnlyList<MailedSignInName> Names, IdentifierKind Identifier, DateTimeOffset At) : IMail
{
    public static string Kind => "sign-in-names";

    public DateTimeOffset UselessAfter => At.AddDays(1);

    public MailText Write(MailContext context) => new(context.Words["SignInNamesSubject"],
    [
        context.Say("SignInNamesWhat"),
        .. Names.Select(name => Identifier is IdentifierKind.OrganizationCodeAndUsername
            ? context.Say("SignInNameAtOrganization", name.Person, name.OrganizationCode, name.Name)
            : context.Say("SignInNameAlone", name.Person, name.Name)),
        .. context.Link("SignInPage", "/sign-in"),
        context.Say("SignInNamesNotYou"),
    ]);
}
