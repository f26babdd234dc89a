using System.Diagnostics;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors;

/// <summary>Where a factor is set up; the first one ends with the recovery codes, which are shown once (S1-12).</summary>
public abstract class SetUpPageModel(FactorKinds kind, FactorWays ways, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public CodeForm Input { get; set; } = new();

    public FactorKinds Kind => kind;

    /// <summary>What comes of a code that was right, and never again.</summary>
    public IReadOnlyList<RecoveryCode>? NewCodes { get; private set; }

    public string OnwardPage => JourneyLinks.Onward(Request);

    /// <summary>Where another kind may be picked; null where there is none.</summary>
    public string? OtherWaysPage => ways.Allowed(HttpContext.RequiredPerson).Count > 1 ? PageOf(FactorPages.Choose) : null;

    protected IStringLocalizer<Words> Words => words;

    protected bool IsAllowed => ways.Allowed(HttpContext.RequiredPerson).Contains(kind);

    public abstract Task PrepareAsync(CancellationToken cancellationToken);

    protected string PageOf(string path) => JourneyLinks.With(FactorPages.Here(Request, path), OnwardPage);

    /// <param name="notAccepted">How to go on after a wrong code.</param>
    protected async Task<IActionResult> AnswerAsync(AddFactorOutcome outcome, string notAccepted, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case AddFactorOutcome.Added added:
                HttpContext.WriteCookie(Cookies.Session, added.SessionSecret);
                NewCodes = added.RecoveryCodes;
                return NewCodes is null ? Redirect(OnwardPage) : Page();
            case AddFactorOutcome.WasAddedBefore:
                return Redirect(OnwardPage);
            case AddFactorOutcome.WrongCode:
                return await PageWithWrongCodeAsync(notAccepted, cancellationToken);
            case AddFactorOutcome.ClockIsOff off:
                return await PageWithWrongCodeAsync(SecondFactorWords.Of(new ProveOutcome.ClockIsOff(off.Minutes), words), cancellationToken);
            case AddFactorOutcome.Locked locked:
                return await PageWithWrongCodeAsync(SecondFactorWords.Of(new ProveOutcome.Locked(locked.Minutes), words), cancellationToken);
            case AddFactorOutcome.TooBusy:
                await PrepareAsync(cancellationToken);
                return this.PageWhenTooBusy(words["TooBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }

    protected async Task<IActionResult> PageWithWrongCodeAsync(string sentence, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        ModelState.Remove("Input.Code");
        Input.Code = null;
        return this.PageWithError("Input.Code", sentence);
    }
}
