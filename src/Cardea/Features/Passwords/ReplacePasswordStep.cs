using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.Passwords;

namespace Cardea.Features.Passwords;

/// <summary>
/// A temporary, compromised or expired password is replaced before anything else (S2-03, N-04, S2-17). Those of patients do not expire: people
/// who sign in a few times a year would choose a new one each time.
/// </summary>
public sealed class ReplacePasswordStep : JourneyStep
{
    public override string Name => "Password";

    public override string Path => "/sign-in/password";

    public override bool ConcernsPatients => true;

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        PasswordRules.Due(standing.PasswordFacts, policy.Passwords, now) switch
        {
            PasswordDue.Nothing => false,
            PasswordDue.ReplaceExpired => standing.Audience is Audience.Staff,
            PasswordDue.ReplaceTemporary or PasswordDue.TemporaryTooOld or PasswordDue.ReplaceCompromised => true,
        };

    /// <summary>All sessions were ended when it was flagged; one that was being begun at that moment goes no further .</summary>
    public override bool InterruptsCompleteSession(SignedInPerson person) => person.Standing.PasswordIsCompromised;
}
