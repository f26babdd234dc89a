using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Cardea.Rules.SecurityQuestions;

namespace Cardea.Features.SecurityQuestions;

/// <summary>S2-08.</summary>
public sealed class SetSecurityQuestionsStep : JourneyStep
{
    public override string Name => "SecurityQuestions";

    public override string Path => "/sign-in/security-questions";

    public override bool IsDue(Standing standing, Policy policy, DateTimeOffset now) =>
        SecurityQuestionRules.AreDue(standing.AnswersOnFile, policy.SecurityQuestions);
}
