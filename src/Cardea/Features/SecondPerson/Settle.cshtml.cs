using System.Diagnostics;
using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.People;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondPerson;

/// <summary>Where the second person confirms or refuses what the first has asked for, and the first takes it back.</summary>
[SignedInRecently]
public sealed class SettleModel(
    PeopleInReach people, WaitingActs waiting, ConfirmAct confirm, EndAct end, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public WaitingAct Act { get; private set; } = null!;

    /// <summary>Of the person, to be shown once.</summary>
    public TemporaryPassword? Given { get; private set; }

    private SignedInPerson Viewer => HttpContext.RequiredPerson;

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        Act = await waiting.FindAsync(people.ManagerOf(Viewer), Id, cancellationToken) ?? throw new OutOfReachException();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Input.Answer switch
        {
            _ when !Act.IsOpen => Over(),
            [Form.Confirm] => Act.MayConfirm ? await ConfirmAsync(cancellationToken) : StatusCode(StatusCodes.Status403Forbidden),
            [Form.End] => await end.RunAsync(Viewer, Act, cancellationToken) ? Redirect($"{IndexModel.Path}?done={(Act.IsMine ? "Withdrawn" : "Refused")}") : Over(),
            _ => Page(),
        };
    }

    public string When(DateTimeOffset at) => LocalTime.Of(at, Viewer.TimeZone).ToString("g", CultureInfo.CurrentCulture);

    private async Task<IActionResult> ConfirmAsync(CancellationToken cancellationToken)
    {
        var outcome = await confirm.RunAsync(Viewer, Act, cancellationToken);
        switch (outcome)
        {
            case ConfirmActOutcome.Done { Given: { } given }:
                Given = given;
                return Page();
            case ConfirmActOutcome.Done:
                return Redirect($"{IndexModel.Path}?done=Confirmed");
            case ConfirmActOutcome.IsOver:
                return Over();
            case ConfirmActOutcome.CannotBeDone:
                ModelState.AddModelError("", words["CannotBeDone"]);
                return this.PageWithStatus(StatusCodes.Status409Conflict);
            case ConfirmActOutcome.TooBusy:
                return this.PageWhenTooBusy(sharedWords["ServerBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }

    private IActionResult Over()
    {
        Act = Act with { IsOpen = false };
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    public sealed class Form
    {
        public const string Confirm = "confirm", End = "end";

        /// <summary>Of the button pressed. A list, so that two answers at once are none.</summary>
        public List<string> Answer { get; set; } = [];
    }
}
