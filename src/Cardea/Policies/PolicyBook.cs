using Cardea.Features.Agreements;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Lifecycle;
using Cardea.Features.Passwords;
using Cardea.Features.Permissions;
using Cardea.Features.Recovery;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn;
using Microsoft.Extensions.Options;

namespace Cardea.Policies;

/// <summary>Puts the features' settings together into the policy of an organization.</summary>
public sealed class PolicyBook(
    IOptions<SignInSettings> signIn,
    IOptions<PasswordSettings> passwords,
    IOptions<SessionSettings> sessions,
    IOptions<AgreementSettings> agreements,
    IOptions<EmailAddressSettings> emailAddresses,
    IOptions<SecurityQuestionSettings> questions,
    IOptions<RecoverySettings> recovery,
    IOptions<LifecycleSettings> lifecycle,
    IOptions<SecondFactorSettings> secondFactors,
    IOptions<PermissionSettings> permissions)
{
    /// <summary>The same for all so far; every caller already asks for the organization at hand.</summary>
    public Policy For(Guid organizationId) => Everywhere;

    /// <summary>For what is decided before an organization is known: the sign-in form and its lock.</summary>
    public Policy Everywhere { get; } = new()
    {
        Identifier = signIn.Value.Identifier,
        Lock = signIn.Value.ToPolicy(),
        Passwords = passwords.Value.ToPolicy(),
        Sessions = sessions.Value.ToPolicy(),
        AgreementsAreAsked = agreements.Value.Asked,
        AgreementsRenewedEvery = agreements.Value.RenewedEvery,
        EmailIsConfirmed = emailAddresses.Value.Asked,
        EmailReconfirmedEvery = emailAddresses.Value.ReconfirmedEvery,
        SecurityQuestions = questions.Value.Required,
        Recovery = recovery.Value.ToPolicy(),
        Lifecycle = lifecycle.Value.ToPolicy(),
        SecondFactors = secondFactors.Value.ToPolicy(),
        Grants = permissions.Value.ToTable(),
    };
}
