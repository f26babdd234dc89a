using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.People;

/// <summary>What somebody is in their home organization. Nobody gives more than they have .</summary>
[SignedInRecently]
public sealed class RolesModel(AppDbContext db, ActTools tools, ChangeRoles changeRoles) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public PersonInReach Person { get; private set; } = null!;

    public RolesField Field => new(
        RolesField.OfferedBy(Manager), Input.Roles, ModelState["Input.Roles"]?.Errors.FirstOrDefault()?.ErrorMessage);

    /// <summary>What this form never gives: it takes two.</summary>
    public bool MayAskForOperator => SecondPersonRules.MayAsk(SecondPersonKind.MakeOperator, Manager, Person.Facts, Person.Facts.HomeOrganizationId);

    private Manager Manager => tools.People.ManagerOf(HttpContext.RequiredPerson);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Person = await tools.People.FindAsync(Manager, Id, cancellationToken) is { IsDeleted: false } found ? found : throw new OutOfReachException();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        Show(await RolesOnFileAsync(cancellationToken));
        return Person.Refusal is null ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Person.Refusal is not null)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var onFile = await RolesOnFileAsync(cancellationToken);
        var shown = int.TryParse(Input.Shown, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (Roles)number : Roles.None;
        if (Field.Read() is not { } wanted)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        wanted |= onFile & Roles.RegistryOperator;   // which this form neither gives nor takes
        return await changeRoles.RunAsync(Person.Account, shown, wanted, cancellationToken) switch
        {
            ChangeRolesOutcome.Changed => Redirect($"{PersonModel.PathOf(Id)}?done=Roles"),
            ChangeRolesOutcome.OthersAreOnFile => await ShowWhatIsOnFileAsync(cancellationToken),
            ChangeRolesOutcome.TooMuch => StatusCode(StatusCodes.Status403Forbidden),
            ChangeRolesOutcome.NoRole => this.PageWithError("Input.Roles", tools.Words["RolesMissing"]),
            ChangeRolesOutcome.IsLastOperator => Refuse("IsLastOperator"),
            ChangeRolesOutcome.IsLastAdministrator => Refuse("IsLastAdministrator"),
        };
    }

    private void Show(Roles roles) => Input = new()
    {
        Shown = ((int)roles).ToString(CultureInfo.InvariantCulture),
        Roles = [.. RoleWords.Every.Where(role => roles.HasFlag(role)).Select(role => role.ToString())],
    };

    private async Task<IActionResult> ShowWhatIsOnFileAsync(CancellationToken cancellationToken)
    {
        var onFile = await RolesOnFileAsync(cancellationToken);
        ModelState.Clear();
        Show(onFile);
        ModelState.AddModelError("", tools.Words["OtherRolesAreOnFile", RoleWords.Of(onFile, tools.Words)]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    private IActionResult Refuse(string word)
    {
        ModelState.AddModelError("", tools.Words[word, Person.DisplayName]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    private Task<Roles> RolesOnFileAsync(CancellationToken cancellationToken) => db.Memberships
        .Where(m => m.AccountId == Id && m.OrganizationId == Person.Account.HomeOrganizationId).Select(m => m.Roles).SingleAsync(cancellationToken);

    public sealed class Form
    {
        /// <summary>The roles over which the form was filled in.</summary>
        public string? Shown { get; set; }

        public List<string> Roles { get; set; } = [];
    }
}
