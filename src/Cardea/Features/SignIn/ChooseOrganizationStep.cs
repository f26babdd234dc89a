using Cardea.Features.SignIn.Journey;
using Cardea.Policies;

namespace Cardea.Features.SignIn;

/// <summary>Whoever works for several organizations says for which one now; where its code is typed to sign in, that was said already.</summary>
public sealed class ChooseOrganizationStep : JourneyStep
{
    public override string Name => "Organization";

    public override string Path => "/sign-in/organization";

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) => standing.OrganizationIsOpen;
}
