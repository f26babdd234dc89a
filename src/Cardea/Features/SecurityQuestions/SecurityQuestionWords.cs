using Cardea.Rules.SecurityQuestions;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecurityQuestions;

/// <summary>The sentence for each reason to refuse a row, by its number from 1. A new reason without words does not compile (CS8509).</summary>
public static class SecurityQuestionWords
{
    public static string Of(QuestionRefusal reason, int number, IStringLocalizer<Words> words) => reason switch
    {
        QuestionRefusal.Missing or QuestionRefusal.Unknown => words["QuestionMissing", number],
        QuestionRefusal.ChosenTwice => words["QuestionChosenTwice", number],
    };

    public static string Of(AnswerRefusal reason, int number, IStringLocalizer<Words> words) => reason switch
    {
        AnswerRefusal.Missing => words["AnswerMissing", number],
        AnswerRefusal.TooShort => words["AnswerTooShort", number, SecurityQuestionRules.ShortestAnswer],
        AnswerRefusal.TooLong => words["AnswerTooLong", number, SecurityQuestionRules.LongestAnswer],
        AnswerRefusal.ContainsUsername => words["AnswerContainsUsername", number],
        AnswerRefusal.ContainsOrganizationCode => words["AnswerContainsOrganizationCode", number],
        AnswerRefusal.TooCommon => words["AnswerTooCommon", number],
        AnswerRefusal.IsPassword => words["AnswerIsPassword", number],
        AnswerRefusal.SameAsAnother => words["AnswerSameAsAnother", number],
    };
}
