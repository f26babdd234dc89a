using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.People.Access;

/// <summary>
/// What somebody may do for one organization that is not their home: for those who help everybody, and for the administrators of that organization, to whom
/// nothing else of the person is shown.
/// </summary>
public abstract class AccessPageModel(ActTools tools) : PageModel, IShownAgain
{
    [FromRoute]
    public Guid Id { get; set; }

    [FromRoute]
    public Guid OrganizationId { get; set; }

    public AccessInReach Access { get; private set; } = null!;

    public string Path => $"{IndexModel.PathOf(Id)}/{OrganizationId}";

    /// <summary>To where one came from.</summary>
    public string BackPath => Manager.Reach is Reach.Everybody ? IndexModel.PathOf(Id) : GuestsModel.Path;

    protected Manager Manager => tools.People.ManagerOf(HttpContext.RequiredPerson);

    /// <exception cref="OutOfReachException">For this manager, there is no such access.</exception>
    public virtual async Task PrepareAsync(CancellationToken cancellationToken) =>
        Access = await tools.People.FindAccessAsync(Manager, Id, OrganizationId, cancellationToken) ?? throw new OutOfReachException();

    /// <summary>It cannot be done, and nothing was.</summary>
    protected IActionResult RefuseLastAdministrator()
    {
        ModelState.AddModelError("", tools.Words["IsLastAdministrator", Access.DisplayName]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }
}
