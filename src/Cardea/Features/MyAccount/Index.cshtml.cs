using Cardea.Features.Sessions;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.MyAccount;

/// <summary>"manage my account" (S2-10): what is on file about the person who asks.</summary>
public sealed class IndexModel : PageModel
{
    public SignedInPerson Person => HttpContext.RequiredPerson;
}
