using System.Collections.Frozen;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecurityQuestions;

/// <summary>
/// The questions to choose from, in the order of the list. Their answers stay the same for life, are known by heart, and stand in no public
/// register. An id is stored with each answer: it is never changed, and never given to another question.
/// </summary>
public static class Questions
{
    public static readonly IReadOnlyList<string> All =
    [
        "first-pet",
        "first-school",
        "childhood-street",
        "childhood-friend",
        "childhood-book",
        "childhood-dream",
        "first-dish",
        "first-concert",
        "first-job-town",
        "first-journey",
        "favorite-teacher",
        "parents-met",
    ];

    public static readonly IReadOnlySet<string> Known = All.ToFrozenSet();

    public static string TextOf(string question, IStringLocalizer<Words> words) => words[$"Question.{question}"];
}
