using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.Messages.Texts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Cardea.Features.People;

/// <summary>Corrects what is on file about somebody. Whoever changes an address could get into the account by it: the step-up of V7.5.3.</summary>
[SignedInRecently]
[KeepsDraft(
    nameof(Form.VersionShown), nameof(Form.GivenName), nameof(Form.FamilyName), nameof(Form.Username), nameof(Form.Email), nameof(Form.PhoneNumber))]
public sealed class EditModel(ActTools tools, ChangePerson changePerson, PolicyBook policies, IOptions<TextSettings> texts) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public PersonInReach Person { get; private set; } = null!;

    /// <summary>Of somebody whom they do not know, the product must have shown them who it is.</summary>
    public bool LacksCallerCheck { get; private set; }

    public bool AsksUsername => policies.Everywhere.Identifier is not IdentifierKind.EmailAddress;

    private string Country => texts.Value.AllowedCountries[0];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Person = await tools.People.FindAsync(tools.People.ManagerOf(HttpContext.RequiredPerson), Id, cancellationToken) is { IsDeleted: false } found
            ? found
            : throw new OutOfReachException();
        LacksCallerCheck = !await tools.Callers.MayOpenAsync(HttpContext.RequiredPerson, Person, cancellationToken);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Person.Refusal is not null)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        Input = Form.Of(await changePerson.FindAsync(Person.Account, cancellationToken), Country);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Person.Refusal is not null)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var outcome = await changePerson.RunAsync(Person.Account, Input.ToPerson(), Input.VersionShown ?? "", !LacksCallerCheck, cancellationToken);
        return outcome switch
        {
            ChangePersonOutcome.Changed => Redirect($"{PersonModel.PathOf(Id)}?done=Edit"),
            ChangePersonOutcome.Refused refused => Refuse(refused.Reasons),
            ChangePersonOutcome.OthersAreOnFile others => ShowWhatIsOnFile(others.OnFile),
            ChangePersonOutcome.AddressMustStay => KeepAddress(),
            ChangePersonOutcome.NameIsTaken => this.PageWithError(AsksUsername ? "Input.Username" : "Input.Email", tools.Words["NameIsTaken"]),
            _ => throw new UnreachableException(outcome.ToString()),
        };
    }

    private IActionResult Refuse(PersonOnFileRefusals reasons)
    {
        var complaints = new PersonWords(tools.Words, tools.SharedWords);
        complaints.Complain(ModelState, nameof(Form.GivenName), reasons.GivenName);
        complaints.Complain(ModelState, nameof(Form.FamilyName), reasons.FamilyName);
        complaints.Complain(ModelState, reasons.Username);
        complaints.Complain(ModelState, reasons.Email);
        if (reasons.PhoneIsNoNumber)
        {
            ModelState.AddModelError("Input.PhoneNumber", tools.Words["PhoneIsNoNumber"]);
        }

        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    private IActionResult KeepAddress()
    {
        ModelState.AddModelError("Input.Email", tools.Words["EmailNeedsCheck"]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    /// <summary>What was typed stays; saved once more, it goes over what is on file now.</summary>
    private IActionResult ShowWhatIsOnFile(PersonOnFile onFile)
    {
        ModelState.Remove("Input.VersionShown");
        Input.VersionShown = onFile.Version;
        var phone = onFile.PhoneNumber is { } kept ? WorkPhone.Grouped(kept, Country) : tools.Words["None"].Value;
        ModelState.AddModelError("", tools.Words["OthersAreOnFile", $"{onFile.GivenName} {onFile.FamilyName}", onFile.Username, onFile.Email, phone]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    public sealed class Form
    {
        public string? VersionShown { get; set; }

        public string? GivenName { get; set; }

        public string? FamilyName { get; set; }

        public string? Username { get; set; }

        public string? Email { get; set; }

        public string? PhoneNumber { get; set; }

        public static Form Of(PersonOnFile onFile, string country) => new()
        {
            VersionShown = onFile.Version,
            GivenName = onFile.GivenName,
            FamilyName = onFile.FamilyName,
            Username = onFile.Username,
            Email = onFile.Email,
            PhoneNumber = onFile.PhoneNumber is { } kept ? WorkPhone.Grouped(kept, country) : null,
        };

        public PersonOnFile ToPerson() => new(GivenName ?? "", FamilyName ?? "", Username ?? "", Email ?? "", PhoneNumber);
    }
}
