using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Agreements;
using Cardea.Features.EmailAddresses;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.Sessions;
using Cardea.Policies;

namespace Cardea.Features.SignIn.Journey;

/// <summary>
/// S2-09, read top to bottom: after the credentials comes the choice among several organizations, then the second factor, a temporary, compromised or expired password, the user agreement,
/// the administrator agreement, the email address, the security questions and, where one is needed and none is there, the set-up of a second
/// factor; then the dashboard. Of all this, patients only replace a temporary or compromised password (S1-09). A new obligation is one new
/// class and one new line.
/// </summary>
public sealed class SignInJourney(PolicyBook policies, TimeProvider clock)
{
    public static readonly IReadOnlyList<JourneyStep> Order =
    [
        new ChooseOrganizationStep(),
        new ProveSecondFactorStep(),
        new ReplacePasswordStep(),
        new AcceptUserAgreementStep(),
        new AcceptAdministratorAgreementStep(),
        new ConfirmEmailStep(),
        new SetSecurityQuestionsStep(),
        new SetUpSecondFactorStep(),
    ];

    /// <summary>All that is due, in order, computed afresh from facts.</summary>
    public IReadOnlyList<JourneyStep> Due(Standing standing)
    {
        var policy = policies.For(standing.OrganizationId);
        var now = clock.Now;
        return [.. Order.Where(step => (standing.Audience is Audience.Staff || step.ConcernsPatients) && step.IsDue(standing, policy, now))];
    }

    /// <summary>What stands between this person and everything else; null lets them through.</summary>
    public JourneyStep? Next(SignedInPerson person) =>
        Due(person.Standing).FirstOrDefault(step => !person.IsComplete || step.InterruptsCompleteSession(person));
}
