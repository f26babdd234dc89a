using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Shared;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;

namespace Cardea.Features.People.Access;

/// <summary>What somebody is in an organization that is not their home.</summary>
[SignedInRecently]
public sealed class ChangeModel(ActTools tools, ChangeAccess changeAccess) : AccessPageModel(tools)
{
    private readonly ActTools _tools = tools;

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public RolesField Field => new(
        RolesField.OfferedInFurtherOrganizationsBy(Manager), Input.Roles, ModelState["Input.Roles"]?.Errors.FirstOrDefault()?.ErrorMessage);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        Show();
        return Access.Refusal is null ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Access.Refusal is not null || Field.Read() is not { } wanted)
        {
            return StatusCode(StatusCodes.Status403Forbidden);
        }

        var shown = int.TryParse(Input.Shown, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (Roles)number : Roles.None;
        return await changeAccess.RunAsync(Access.Account, OrganizationId, shown, wanted, cancellationToken) switch
        {
            ChangeAccessOutcome.Changed => Redirect($"{BackPath}?done=Changed"),
            ChangeAccessOutcome.OthersAreOnFile => await ShowWhatIsOnFileAsync(cancellationToken),
            ChangeAccessOutcome.TooMuch => StatusCode(StatusCodes.Status403Forbidden),
            ChangeAccessOutcome.NoRole => this.PageWithError("Input.Roles", _tools.Words["RolesMissing"]),
            ChangeAccessOutcome.IsLastAdministrator => RefuseLastAdministrator(),
        };
    }

    private void Show() => Input = new()
    {
        Shown = ((int)Access.Roles).ToString(CultureInfo.InvariantCulture),
        Roles = [.. RoleWords.Every.Where(role => Access.Roles.HasFlag(role)).Select(role => role.ToString())],
    };

    private async Task<IActionResult> ShowWhatIsOnFileAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        ModelState.Clear();
        Show();
        ModelState.AddModelError("", _tools.Words["OtherRolesAreOnFile", RoleWords.Of(Access.Roles, _tools.Words)]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    public sealed class Form
    {
        /// <summary>The roles over which the form was filled in.</summary>
        public string? Shown { get; set; }

        public List<string> Roles { get; set; } = [];
    }
}
