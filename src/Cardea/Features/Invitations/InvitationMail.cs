using Cardea.Features.Accounts;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Rules.SignIn;

namespace Cardea.Features.Invitations;

/// <summary>To a new person (S2-03). The link is the only secret in it.</summary>
/// <param name="Identifier">What of the names is said: that by which this person signs in.</param>
/// <param name="HelpContact">Of the organization; null where its people ask the help desk.</param>
public sealed record InvitationMail(
    Guid? AccountId,
    string To,
    string ToName,
    string? Language,
    Audience Audience,
    IdentifierKind Identifier,
    string OrganizationName,
    string OrganizationCode,
    string SignInName,
    string? HelpContact,
    DateTimeOffset At,
    TimeSpan LivesFor,
    string Secret) : IMail
{
    public static string Kind => "invitation";

    public DateTimeOffset UselessAfter => At + LivesFor;

    /// <summary>Without the link.</summary>
    public override string ToString() => Kind;

    public MailText Write(MailContext context) => new(context.Words["InvitationSubject", context.RegistryName],
    [
        context.Say("InvitationWhat", OrganizationName, context.RegistryName),
        .. context.PublicAddress is null ? [context.Say("ResetLinkNone")] : context.Link("ChooseMyPassword", InvitationPages.Link(Secret)),
        LivesFor >= TimeSpan.FromHours(2) ? context.Say("InvitationHours", (int)LivesFor.TotalHours) : context.Say("InvitationMinutes", (int)LivesFor.TotalMinutes),
        Identifier switch
        {
            IdentifierKind.OrganizationCodeAndUsername => context.Say("InvitationNameAtOrganization", OrganizationCode, SignInName),
            IdentifierKind.Username => context.Say("InvitationUsername", SignInName),
            IdentifierKind.EmailAddress => context.Say("InvitationEmailAddress", SignInName),
        },
        .. context.Link("SignInPage", AudiencePages.SignIn(Audience)),
        HelpContact is null ? context.Say("InvitationHelp", OrganizationName) : context.Say("InvitationHelpAt", OrganizationName, HelpContact),
        context.Say("InvitationNotYou"),
    ]);
}
