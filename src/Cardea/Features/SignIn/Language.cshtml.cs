using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Rules.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.SignIn;

/// <summary>The language buttons of pages without a form of their own. The choice itself is kept by the filter that serves all forms.</summary>
[AllowAnonymous]
[ReachableWhilePending]
[ForAudience(Audience.Staff, Audience.Patient)]
[HasNothingToShow]
public sealed class LanguageModel : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost(string? returnUrl) => Redirect(ReturnTarget.Local(returnUrl) ?? "/");
}
