using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Policies;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecurityQuestions;

/// <summary>The step of the security questions: choose some, answer each (S2-08).</summary>
[KeepsDraft(nameof(Row.Question))]
public sealed class SetModel(SetSecurityQuestions setSecurityQuestions, PolicyBook policies, IStringLocalizer<Words> words)
    : ChooseQuestionsModel(setSecurityQuestions, policies, words)
{
    protected override string Onward => JourneyLinks.Onward(Request);
}
