using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors;

/// <summary>S0-09: right after the password, what the person has set up before.</summary>
public sealed class ProveSecondFactorStep : JourneyStep
{
    public override string Name => "SecondFactor";

    public override string Path => FactorPages.ProveAny;

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        !standing.SecondFactorIsProven && SecondFactorRules.Decide(standing.SecondFactorFacts, policy.SecondFactors, now) is SecondFactorDemand.Prove;
}

/// <summary>S1-02: who needs a second factor and has none that is accepted sets one up, as the last thing before the dashboard.</summary>
public sealed class SetUpSecondFactorStep : JourneyStep
{
    public override string Name => "SecondFactorSetUp";

    public override string Path => FactorPages.SetUpAny;

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        SecondFactorRules.Decide(standing.SecondFactorFacts, policy.SecondFactors, now) is SecondFactorDemand.SetUp;
}
