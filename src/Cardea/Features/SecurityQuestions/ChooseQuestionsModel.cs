using System.Diagnostics;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.SecurityQuestions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecurityQuestions;

/// <summary>What the two pages share on which questions are chosen and answered: they differ in where they lead.</summary>
public abstract class ChooseQuestionsModel(SetSecurityQuestions setSecurityQuestions, PolicyBook policies, IStringLocalizer<Words> words)
    : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    /// <summary>Where the answers lead.</summary>
    protected abstract string Onward { get; }

    private int Asked => policies.For(HttpContext.RequiredPerson.OrganizationId).SecurityQuestions;

    public IEnumerable<SelectListItem> Options =>
        Questions.All
            .Select(question => new SelectListItem(Questions.TextOf(question, words), question))
            .Prepend(new(words["ChooseOne"], ""));

    /// <summary>As many rows as are asked for, with the questions chosen so far. Answers are secrets: they are not sent back.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        Input.Rows = [.. Enumerable.Range(0, Asked).Select(row => new Row { Question = Input.Rows.ElementAtOrDefault(row)?.Question })];
        for (var row = 0; row < Asked; row++)
        {
            ModelState.Remove(FieldOf(row, nameof(Row.Answer)));
        }

        return Task.CompletedTask;
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Asked == 0 ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Asked == 0)
        {
            return NotFound();
        }

        var chosen = Input.Rows.Select(row => new ChosenAnswer(row.Question, row.Answer)).ToList();
        await PrepareAsync(cancellationToken);

        var outcome = await setSecurityQuestions.RunAsync(HttpContext.RequiredPerson, chosen, cancellationToken);
        return outcome switch
        {
            SetSecurityQuestionsOutcome.Saved => Redirect(Onward),
            SetSecurityQuestionsOutcome.Refused refused => Refuse(refused.Reasons),
            SetSecurityQuestionsOutcome.TooBusy => this.PageWhenTooBusy(words["TooBusy"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private IActionResult Refuse(SetUpRefusals reasons)
    {
        foreach (var row in reasons.Questions.Keys.Union(reasons.Answers.Keys).Order())
        {
            if (reasons.Questions.TryGetValue(row, out var question))
            {
                ModelState.AddModelError(FieldOf(row, nameof(Row.Question)), SecurityQuestionWords.Of(question, row + 1, words));
            }

            if (reasons.Answers.TryGetValue(row, out var answer))
            {
                ModelState.AddModelError(FieldOf(row, nameof(Row.Answer)), SecurityQuestionWords.Of(answer, row + 1, words));
            }
        }

        ModelState.AddModelError("", words["AnswersAreNotKept"]);
        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    private static string FieldOf(int row, string name) => $"Input.Rows[{row}].{name}";

    public sealed class Form
    {
        public List<Row> Rows { get; set; } = [];
    }

    public sealed class Row
    {
        public string? Question { get; set; }

        public string? Answer { get; set; }
    }
}
