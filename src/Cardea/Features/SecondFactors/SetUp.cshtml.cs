using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.SecondFactors;

/// <summary>The step itself: it leads to the page of one kind, or to the choice.</summary>
public sealed class SetUpModel(FactorWays ways) : PageModel
{
    public IActionResult OnGet() =>
        Redirect(JourneyLinks.With(FactorPages.Here(Request, ways.FirstSetUpPage(HttpContext.RequiredPerson)), JourneyLinks.Onward(Request)));
}
