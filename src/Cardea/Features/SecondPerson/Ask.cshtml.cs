using Cardea.Features.Accounts;
using Cardea.Features.People;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondPerson;

/// <summary>What somebody asks a second person to do with an account.</summary>
public enum AskedFor
{
    NewPassword,
    ResetSecondFactor,
    Reactivate,
    MakeOperator,
}

/// <summary>Asks for what nobody does to somebody alone.</summary>
[SignedInRecently]
public sealed class AskModel(
    PeopleInReach people, AskSecondPerson ask, SecondPersons seconds, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    [FromQuery]
    public AskedFor? For { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public PersonInReach Person { get; private set; } = null!;

    /// <summary>Else the way is the command line on the machine .</summary>
    public bool SomebodyCouldConfirm { get; private set; }

    private SecondPersonKind Kind => For switch
    {
        AskedFor.MakeOperator => SecondPersonKind.MakeOperator,
        AskedFor.ResetSecondFactor when SecondPersonRules.ResetTakesTwo(Person.Facts) => SecondPersonKind.ResetFactors,
        _ => SecondPersonKind.UncheckedHelp,
    };

    public static string PathOf(Guid accountId, AskedFor askedFor) => $"{PersonModel.PathOf(accountId)}/second-person?for={askedFor}";

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var manager = people.ManagerOf(HttpContext.RequiredPerson);
        Person = For is not null && await people.FindAsync(manager, Id, cancellationToken) is { IsDeleted: false } found ? found : throw new OutOfReachException();
        if (!SecondPersonRules.MayAsk(Kind, manager, Person.Facts, Person.Facts.HomeOrganizationId))
        {
            throw new OutOfReachException();
        }

        SomebodyCouldConfirm = await seconds.AreThereAsync(Kind, manager, Person.Facts, Person.Facts.HomeOrganizationId, cancellationToken);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (PlainLine.Check(Input.Reason ?? "", PendingAct.ReasonMaxLength) is { } refusal)
        {
            return this.PageWithError("Input.Reason", PlainLineWords.Of(refusal, words["Reason"], PendingAct.ReasonMaxLength, sharedWords));
        }

        var person = HttpContext.RequiredPerson;
        var asked = new AskedAct(person.OrganizationId) { Help = Kind is SecondPersonKind.UncheckedHelp ? Enum.Parse<PersonAct>(For.ToString()!) : null };
        var outcome = await ask.RunAsync(person, Kind, Person.Account, asked, PlainLine.Normalize(Input.Reason ?? ""), cancellationToken);
        return outcome switch
        {
            AskSecondPersonOutcome.Asked => Redirect($"{IndexModel.Path}?done=Asked"),
            AskSecondPersonOutcome.NobodyCouldConfirm => this.PageWithStatus(StatusCodes.Status409Conflict),
        };
    }

    public sealed class Form
    {
        public string? Reason { get; set; }
    }
}
