using System.Diagnostics;
using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.SecurityQuestions;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Recovery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Recovery;

/// <summary>
/// Where the mailed link leads: to what is asked for beside it (S2-33, S2-34). Opening it uses nothing up. Its secret is moved from the address to a
/// cookie at once: addresses stay in the history of browsers (V14.2.1).
/// </summary>
[AllowAnonymous, SignsInAfresh, ForAudience(Audience.Staff, Audience.Patient)]
public sealed class LinkModel(
    ResetLinks links,
    FollowLink follow,
    AnswerQuestion answerQuestion,
    ProveFactor proveFactor,
    IStringLocalizer<Words> words,
    IStringLocalizer<SecurityQuestions.Words> questionWords) : PageModel, IShownAgain
{
    [FromQuery(Name = "link")]
    public string? Mailed { get; set; }

    /// <summary>For which link the form was shown: another tab of this browser may have opened another one meanwhile.</summary>
    [BindProperty, FromForm(Name = "for")]
    public Guid ShownFor { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    /// <summary>Null when it is over.</summary>
    public OpenLink? Link { get; private set; }

    /// <summary>In words.</summary>
    public string? Question { get; private set; }

    /// <summary>By this very answer.</summary>
    public bool IsHardLocked { get; private set; }

    private string? Secret => HttpContext.ReadCookie(Cookies.ResetLink);

    public string Heading => this switch
    {
        { IsHardLocked: true } => words["HardLockedTitle"],
        { Link: null } => words["LinkOverTitle"],
        { Link.Proof: ProofAfterLink.SecurityQuestion } => words["QuestionTitle"],
        _ => words["ResetTitle"],
    };

    /// <summary>What was typed is a secret: it is not sent back, however the page comes to be shown again.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        ModelState.Remove("Input.Answer");
        Input.Answer = null;
        Link = await links.FindAsync(Secret, cancellationToken);
        Question = Link is { Proof: ProofAfterLink.SecurityQuestion } link
            ? Questions.TextOf(await answerQuestion.QuestionAsync(link, cancellationToken), questionWords)
            : null;
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Mailed is null)
        {
            await PrepareAsync(cancellationToken);
            return Page();
        }

        HttpContext.WriteCookie(Cookies.ResetLink, Secrets.HasShape(Mailed) ? Mailed : "", RecoveryRules.ProofHoldsFor);
        return Redirect(RecoveryPages.LinkPage);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = Input.Answer;
        await PrepareAsync(cancellationToken);
        if (Link is null || Link.Id != ShownFor)
        {
            Link = null;
            return Page();
        }

        if (Link.Proof is ProofAfterLink.Nothing)
        {
            return await AnswerAsync(await follow.RunAsync(Secret, cancellationToken), cancellationToken);
        }

        if (string.IsNullOrWhiteSpace(answer))
        {
            return this.PageWithError("Input.Answer", words[Question is null ? "EnterCode" : "EnterAnswer"]);
        }

        return await AnswerAsync(
            Link.Proof is ProofAfterLink.SecurityQuestion
                ? await answerQuestion.RunAsync(Secret, answer, cancellationToken)
                : await proveFactor.RunAsync(Secret, answer, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancellationToken),
            cancellationToken);
    }

    private async Task<IActionResult> AnswerAsync(ProveResetOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case ProveResetOutcome.Proven proven:
                HttpContext.DeleteCookie(Cookies.ResetLink);
                HttpContext.WriteCookie(Cookies.Reset, proven.Ticket, RecoveryRules.ProofHoldsFor);
                return Redirect(RecoveryPages.New);
            case ProveResetOutcome.NotAccepted { TriesLeft: 1 }:
                return this.PageWithError("Input.Answer", words["WrongOneLeft"]);
            case ProveResetOutcome.NotAccepted { TriesLeft: { } left }:
                return this.PageWithError("Input.Answer", words["WrongTriesLeft", left]);
            case ProveResetOutcome.NotAccepted:
                return this.PageWithError("Input.Answer", words["CodeNotAccepted"]);
            case ProveResetOutcome.NoCode:
                return this.PageWithError("Input.Answer", words["NoCode"]);
            case ProveResetOutcome.NoMoreCodes:
                return this.PageWithError("Input.Answer", words["NoMoreCodes"]);
            case ProveResetOutcome.Locked { Minutes: 1 }:
                return this.PageWithError("Input.Answer", words["LockedOneMinute"]);
            case ProveResetOutcome.Locked locked:
                return this.PageWithError("Input.Answer", words["LockedMinutes", locked.Minutes]);
            case ProveResetOutcome.HardLocked:
                IsHardLocked = true;
                return this.PageWithStatus(StatusCodes.Status400BadRequest);
            case ProveResetOutcome.LinkIsOver:
                await PrepareAsync(cancellationToken);
                return Page();
            case ProveResetOutcome.TooBusy:
                return this.PageWhenTooBusy(words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }

    public sealed class Form
    {
        public string? Answer { get; set; }
    }
}
