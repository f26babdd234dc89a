using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.Passwords;

namespace Cardea.Features.Passwords;

/// <summary>A temporary or expired password is replaced before anything else (S2-03, S2-17).</summary>
public sealed class ReplacePasswordStep : JourneyStep
{
    public override string Name => "Password";

    public override string Path => "/sign-in/password";

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        PasswordRules.Due(standing.PasswordSetAt, standing.PasswordIsTemporary, policy.Passwords, now) is not PasswordDue.Nothing;
}
