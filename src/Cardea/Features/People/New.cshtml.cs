using System.Diagnostics;
using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.People;

/// <summary>A new person (S0-02, S2-03). Nobody makes an account for themselves, and nobody chooses a password for somebody else.</summary>
[SignedInRecently]
[KeepsDraft(nameof(Form.OrganizationCode), nameof(Form.GivenName), nameof(Form.FamilyName), nameof(Form.Username), nameof(Form.Email), nameof(Form.Roles), nameof(Form.WayIn))]
public sealed class NewModel(ActTools tools, CreateAccount create, PolicyBook policies) : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    /// <summary>Only where there is a choice.</summary>
    public bool AsksOrganization => Manager.Reach is Reach.Everybody;

    public bool AsksUsername => policies.Everywhere.Identifier is not IdentifierKind.EmailAddress;

    public RolesField Field => new(
        RolesField.OfferedBy(Manager), Input.Roles, ModelState["Input.Roles"]?.Errors.FirstOrDefault()?.ErrorMessage);

    /// <summary>Once the account is there: to be shown once.</summary>
    public TemporaryPassword? Given { get; private set; }

    public Guid NewId { get; private set; }

    public static IReadOnlyList<FirstWayIn> WaysIn => Enum.GetValues<FirstWayIn>();

    private Manager Manager => tools.People.ManagerOf(HttpContext.RequiredPerson);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IActionResult OnGet(string? organization)
    {
        Input.OrganizationCode = organization;
        return Manager.Reach is Reach.Nobody ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var manager = Manager;
        if (manager.Reach is Reach.Nobody)
        {
            return NotFound();
        }

        if (Field.Read() is not { } roles)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var code = AsksOrganization ? Input.OrganizationCode?.Trim() ?? "" : HttpContext.RequiredPerson.OrganizationCode;
        var outcome = await create.RunAsync(
            code, new(Input.Username ?? "", Input.GivenName ?? "", Input.FamilyName ?? "", Input.Email ?? "", roles), cancellationToken, Input.WayIn, manager);
        switch (outcome)
        {
            case CreateAccountOutcome.Created created:
                (Given, NewId) = (new(created.SignInName, created.TemporaryPassword), created.AccountId);
                return Page();
            case CreateAccountOutcome.Invited invited:
                return Redirect($"{PersonModel.PathOf(invited.AccountId)}?done={PersonAct.Invite}");
            case CreateAccountOutcome.NoPublicAddress:
                return this.PageWithError("", tools.Words["NoPublicAddress"]);
            case CreateAccountOutcome.Refused refused:
                return Refuse(refused.Reasons);
            case CreateAccountOutcome.NoSuchOrganization:
                return this.PageWithError("Input.OrganizationCode", tools.Words["NoSuchOrganization"]);
            case CreateAccountOutcome.NameIsTaken:
                return this.PageWithError(AsksUsername ? "Input.Username" : "Input.Email", tools.Words["NameIsTaken"]);
            case CreateAccountOutcome.TooBusy:
                return this.PageWhenTooBusy(tools.SharedWords["ServerBusy"]);
            default:
                throw new UnreachableException(outcome.ToString());
        }
    }

    private IActionResult Refuse(NewAccountRefusals reasons)
    {
        var complaints = new PersonWords(tools.Words, tools.SharedWords);
        complaints.Complain(ModelState, nameof(Form.GivenName), reasons.GivenName);
        complaints.Complain(ModelState, nameof(Form.FamilyName), reasons.FamilyName);
        complaints.Complain(ModelState, reasons.Username);
        complaints.Complain(ModelState, reasons.Email);
        if (reasons.RolesAreMissing)
        {
            ModelState.AddModelError("Input.Roles", tools.Words["RolesMissing"]);
        }

        return this.PageWithStatus(StatusCodes.Status400BadRequest);
    }

    public sealed class Form
    {
        public string? OrganizationCode { get; set; }

        public string? GivenName { get; set; }

        public string? FamilyName { get; set; }

        public string? Username { get; set; }

        public string? Email { get; set; }

        public List<string> Roles { get; set; } = [];

        public FirstWayIn WayIn { get; set; }
    }
}
