using Cardea.Features.Accounts;
using Cardea.Features.Alarms;
using Cardea.Features.Callers;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Invitations;
using Cardea.Features.Lifecycle;
using Cardea.Features.Messages;
using Cardea.Features.Messages.Texts;
using Cardea.Features.MyAccount;
using Cardea.Features.Organizations;
using Cardea.Features.Passwords;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecondFactors.Codes;
using Cardea.Features.SecondFactors.Passkeys;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.SignIn;
using Cardea.Rules.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;

namespace Cardea.Demo.Features.Mails;

/// <param name="Kind">Of the mail, and of its variant where it has some.</param>
public sealed record SampleMail(string Kind, MakeMail In);

public delegate IMail MakeMail(string language);

/// <summary>Every mail that the product sends, to somebody who does not exist.</summary>
public sealed class SampleMails(TimeProvider clock)
{
    private const string To = "amina@riverside.example", Name = "Amina Diallo", Zone = "America/Chicago", Secret = "SAMPLE";

    public IReadOnlyList<SampleMail> All()
    {
        var now = clock.GetUtcNow();
        return
        [
            Of<EmailCodeMail>(language => new(null, To, Name, language, "012345", now.AddMinutes(10))),
            Of<CallerCodeMail>(language => new(null, To, Name, language, "012345", now.AddMinutes(10))),
            Of<EmailChangedMail>(language => new(null, To, Name, language, "a…@hospital.example", now, Zone, Secret)),
            Of<DetailsChangedMail>(language => new(null, To, Name, language, now, Zone, Secret)),
            Of<SecurityQuestionsChangedMail>(language => new(null, To, Name, language, now, Zone, Secret)),
            Of<AccountLockedMail>(language => new(null, To, Name, language, now)),
            Of<AccountLockedMail>(language => new(null, To, Name, language, now, IsStopped: true), "everywhere"),
            Of<InvitationMail>(language => new(
                null, To, Name, language, Audience.Staff, IdentifierKind.OrganizationCodeAndUsername, "Riverside Clinic", "RIVERSIDE", "amina",
                "+1 (651) 555-0123", now, TimeSpan.FromHours(72), Secret)),
            Of<NewPasswordMail>(language => new(null, To, Name, language, now)),
            .. Enum.GetValues<HelpGiven>().Select(help => Of<HelpGivenMail>(language => new(null, To, Name, language, now, Zone, help, "Riverside Clinic (RIVERSIDE)"), help.ToString())),
            Of<PasswordChangedMail>(language => new(null, To, Name, language, now, Zone)),
            Of<PasswordCompromisedMail>(language => new(null, To, Name, language, now)),
            Of<PasswordExpiresMail>(language => new(null, To, Name, language, now.AddDays(10), Zone)),
            Of<BecomesInactiveMail>(language => new(null, To, Name, language, now.AddDays(10), Zone)),
            Of<ReactivatedMail>(language => new(null, To, Name, language, now)),
            Of<ResetLinkMail>(language => new(null, To, Name, language, now, TimeSpan.FromDays(1), Secret)),
            .. Enum.GetValues<RecoveryRefusal>().Select(refusal =>
                Of<ResetRefusedMail>(language => new(null, To, Name, language, Audience.Staff, refusal, now), refusal.ToString())),
            Of<AccountHardLockedMail>(language => new(null, To, Name, language, now, Zone)),
            Of<SignInNamesMail>(language => new(null, To, Name, language, [new(Name, "RIVERSIDE", "amina")], IdentifierKind.OrganizationCodeAndUsername, now)),
            Of<SignInCodeMail>(language => new(null, To, Name, language, "012345", now.AddMinutes(10))),
            Of<FactorAddedMail>(language => new(null, To, Name, language, FactorKinds.Authenticator, now, Zone, Secret)),
            Of<FactorRemovedMail>(language => new(null, To, Name, language, FactorKinds.Text, now, Zone)),
            Of<FactorBlockedMail>(language => new(null, To, Name, language, FactorKinds.Authenticator, now, Zone)),
            Of<FactorsResetMail>(language => new(null, To, Name, language, now, Zone)),
            Of<PasskeyCountFellMail>(language => new(null, To, Name, language, now, Zone)),
            Of<RecoveryCodesReplacedMail>(language => new(null, To, Name, language, now, Zone)),
            Of<RecoveryCodesBlockedMail>(language => new(null, To, Name, language, now, Zone)),
            Of<RecoveryCodeUsedMail>(language => new(null, To, Name, language, Left: 9, now, Zone)),
            Of<NewDeviceMail>(language => new(null, To, Name, language, "203.0.113.7", "Mozilla/5.0 (Windows NT 10.0)", now, Zone, Secret)),
            Of<AccountFrozenMail>(language => new(null, To, Name, language, "Benjamin Olsen", "Riverside Clinic", now, Zone)),
            Of<AgreementEndsMail>(language => new(null, To, Name, language, "Riverside Clinic", DateOnly.FromDateTime(now.AddDays(60).DateTime))),
            Of<TextsStoppedMail>(language => new(null, To, Name, language, Count: 500, now.AddHours(1), Zone)),
        ];
    }

    private static SampleMail Of<TMail>(Func<string, TMail> make, string? variant = null)
        where TMail : IMail => new(variant is null ? TMail.Kind : $"{TMail.Kind}-{variant.ToLowerInvariant()}", language => make(language));
}
