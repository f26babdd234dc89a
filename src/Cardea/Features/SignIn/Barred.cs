using Cardea.Data;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Passwords;
using Cardea.Rules.Recovery;

namespace Cardea.Features.SignIn;

/// <summary>Who is not let in although they have proven who they are: the same at every door .</summary>
public sealed class Barred(PolicyBook policies, LastOperator lastOperator, TimeProvider clock)
{
    /// <summary>Null for whoever may come in.</summary>
    public async Task<SignInRefusal?> WhyAsync(NamedAccount found)
    {
        var standing = found.Standing;
        var policy = policies.For(standing.OrganizationId);
        return PasswordRules.Due(standing.PasswordFacts, policy.Passwords, clock.Now) is PasswordDue.TemporaryTooOld
                ? SignInRefusal.TemporaryPasswordTooOld
            : standing.IsInactive ? SignInRefusal.Inactive
            : RecoveryRules.IsHardLocked(found.WrongAnswers) && !await lastOperator.IsAsync(standing, policy, CancellationToken.None) ? SignInRefusal.HardLocked
            : null;
    }
}
