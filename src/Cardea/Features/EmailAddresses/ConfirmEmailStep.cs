using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.EmailAddresses;

namespace Cardea.Features.EmailAddresses;

/// <summary>S2-07; yearly S2-15.</summary>
public sealed class ConfirmEmailStep : JourneyStep
{
    public override string Name => "Email";

    public override string Path => "/sign-in/email";

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        policy.EmailIsConfirmed
        && EmailAddressRules.ReconfirmationIsDue(standing.EmailConfirmedAt, policy.EmailReconfirmedEvery, now);
}
