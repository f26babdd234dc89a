using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.Agreements;
using Cardea.Rules.Permissions;

namespace Cardea.Features.Agreements;

/// <summary>S2-05; yearly and after a new version S2-15.</summary>
public sealed class AcceptUserAgreementStep : JourneyStep
{
    public override string Name => "UserAgreement";

    public override string Path => "/sign-in/agreement";

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        policy.AgreementsAreAsked
        && AgreementRules.IsDue(
            standing.UserAgreement, standing.AcceptedUserAgreement, standing.UserAgreementAcceptedAt, policy.AgreementsRenewedEvery, now);
}

/// <summary>S2-06: in addition, for those who manage people.</summary>
public sealed class AcceptAdministratorAgreementStep : JourneyStep
{
    public override string Name => "AdministratorAgreement";

    public override string Path => "/sign-in/administrator-agreement";

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        policy.AgreementsAreAsked
        && AgreementRules.Needs(AgreementKind.Administrator, PermissionRules.ManagesPeople(standing.Roles))
        && AgreementRules.IsDue(
            standing.AdministratorAgreement,
            standing.AcceptedAdministratorAgreement,
            standing.AdministratorAgreementAcceptedAt,
            policy.AgreementsRenewedEvery,
            now);

    /// <summary>
    /// Who was made an administrator during a session accepts before using that power, once. A new version, the first one included, waits
    /// for the next sign-in.
    /// </summary>
    public override bool InterruptsCompleteSession(SignedInPerson person) =>
        !PermissionRules.ManagesPeople(person.RolesUntilNow) && !(person.Standing.AdministratorAgreementAcceptedAt >= person.StartedAt);
}
