using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Help;

/// <summary>The help desk page; it shows a signed-in person the code that the help desk asks for (S2-40).</summary>
[AllowAnonymous]
[ReachableWhilePending]
public sealed class IndexModel : PageModel
{
    public string? OrganizationCode => HttpContext.Person?.OrganizationCode;
}
