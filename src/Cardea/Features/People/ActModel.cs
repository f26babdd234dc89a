using Cardea.Features.Accounts;
using Cardea.Features.Callers;
using Cardea.Features.Lifecycle;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.People;

/// <summary>What the pages of all acts have in common: whom it is about, what is asked for, and how it ends.</summary>
public abstract class ActModel(ActTools tools) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public abstract PersonAct Act { get; }

    public PersonInReach Person { get; private set; } = null!;

    public bool AsksReason => PersonActs.AsksReason(Act);

    /// <summary>Whether whoever acts says that they know whom they are talking to (S1-11).</summary>
    public bool AsksIdentity => PersonActs.OpensTheAccount(Act) && !CallerRules.MustBeChecked(Person.Account.By!, Person.Facts);

    /// <summary>Of somebody whom they do not know, the product must have shown them who it is.</summary>
    public bool LacksCallerCheck { get; private set; }

    /// <summary>Of those who could open everything, nobody takes the second factors away alone.</summary>
    public bool TakesTwo => Act is PersonAct.ResetSecondFactor && SecondPersonRules.ResetTakesTwo(Person.Facts);

    public bool CallerIsChecked => PersonActs.OpensTheAccount(Act) && !AsksIdentity && !LacksCallerCheck;

    /// <summary>Of the person, to be shown once.</summary>
    public TemporaryPassword? Given { get; private set; }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Person = await tools.People.FindAsync(tools.People.ManagerOf(HttpContext.RequiredPerson), Id, cancellationToken) ?? throw new OutOfReachException();
        LacksCallerCheck = PersonActs.OpensTheAccount(Act) && !await tools.Callers.MayOpenAsync(HttpContext.RequiredPerson, Person, cancellationToken);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return TurnedAway() ?? Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (TurnedAway() is { } answer)
        {
            return answer;
        }

        if (TakesTwo)
        {
            ModelState.AddModelError("", tools.Words["TakesTwo"]);
            return this.PageWithStatus(StatusCodes.Status409Conflict);
        }

        if (LacksCallerCheck)
        {
            ModelState.AddModelError("", tools.Words["CheckFirst"]);
            return this.PageWithStatus(StatusCodes.Status409Conflict);
        }

        if (AsksReason && PlainLine.Check(Input.Reason ?? "", ReactivateAccount.ReasonMaxLength) is { } refusal)
        {
            ModelState.AddModelError("Input.Reason", refusal is PlainLineRefusal.Missing
                ? tools.Words["ReasonMissing"]
                : PlainLineWords.Of(refusal, tools.Words["Reason"], ReactivateAccount.ReasonMaxLength, tools.SharedWords));
        }

        if (AsksIdentity && !Input.IsVerified)
        {
            ModelState.AddModelError("Input.IsVerified", tools.Words["VerifyMissing"]);
        }

        return ModelState.IsValid
            ? await DoAsync(Person.Account, PlainLine.Normalize(Input.Reason ?? ""), cancellationToken)
            : this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    protected abstract Task<IActionResult> DoAsync(FoundAccount account, string reason, CancellationToken cancellationToken);

    /// <summary>Also where it was done a moment ago: by a double click, or by somebody else.</summary>
    protected IActionResult Done() => Redirect($"{PersonModel.PathOf(Id)}?done={Act}");

    protected IActionResult Done(string signInName, string temporaryPassword)
    {
        Given = new(signInName, temporaryPassword);
        return Page();
    }

    /// <summary>It cannot be done, and nothing was.</summary>
    protected IActionResult Refuse(string word)
    {
        ModelState.AddModelError("", tools.Words[word, Person.DisplayName]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    protected IActionResult Busy() => this.PageWhenTooBusy(tools.SharedWords["ServerBusy"]);

    /// <summary>Nobody acts on a deleted account but to restore it; and who may see somebody may not always act on them .</summary>
    private IActionResult? TurnedAway() =>
        Person.IsDeleted != Act is PersonAct.Restore ? NotFound()
        : Person.Refusal is not null ? StatusCode(StatusCodes.Status403Forbidden)
        : null;

    public sealed class Form
    {
        public string? Reason { get; set; }

        public bool IsVerified { get; set; }
    }
}

/// <summary>What each of these pages needs beside its own operation.</summary>
public sealed record ActTools(
    PeopleInReach People,
    CallerChecks Callers,
    IStringLocalizer<Words> Words,
    IStringLocalizer<Shared.Words> SharedWords);

/// <summary>Shown once, never kept.</summary>
public sealed record TemporaryPassword(string SignInName, string Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(TemporaryPassword);
}
