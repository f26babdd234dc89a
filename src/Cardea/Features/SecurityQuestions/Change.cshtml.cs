using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecurityQuestions;

/// <summary>Other questions, or other answers, under "manage my account" (S2-10). There is no such page where the policy asks none.</summary>
[SignedInRecently]
[KeepsDraft(nameof(Row.Question))]
public sealed class ChangeModel(SetSecurityQuestions setSecurityQuestions, PolicyBook policies, IStringLocalizer<Words> words)
    : ChooseQuestionsModel(setSecurityQuestions, policies, words)
{
    public const string Path = "/account/questions";

    [FromQuery(Name = "changed")]
    public bool WereChanged { get; set; }

    protected override string Onward => $"{Path}?changed=true";
}
