using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Cardea.Policies;
using Cardea.Rules.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Sessions;

/// <summary>"Stay signed in": an act of the person, so the gate has already moved the idle limit (WCAG 2.2.1). Answers with what is left.</summary>
[ReachableWhilePending]
[ForAudience(Audience.Staff, Audience.Patient)]
[HasNothingToShow]
public sealed class StayModel(PolicyBook policies, TimeProvider clock) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public IActionResult OnPost()
    {
        var person = HttpContext.RequiredPerson;
        var now = clock.Now;
        var endsAt = SessionRules.EndsAt(person.StartedAt, now, policies.For(person.OrganizationId).Sessions);
        return new JsonResult(new { secondsLeft = (int)(endsAt - now).TotalSeconds });
    }
}
