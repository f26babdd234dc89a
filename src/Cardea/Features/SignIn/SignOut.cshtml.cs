using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.SignIn;

/// <summary>Truly ends the session, on the server (V7.4.1), and leaves nothing of the person in the browser (X-02, V14.3.1).</summary>
[AllowAnonymous]
[ReachableWhilePending]
[ForAudience(Audience.Staff, Audience.Patient)]
[HasNothingToShow]
[AcceptsStaleForm]
public sealed class SignOutModel(SessionStore sessions) : PageModel
{
    /// <summary>Only a button signs out; an address typed or followed changes nothing (V3.5.3).</summary>
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync(bool next, CancellationToken cancellationToken)
    {
        var door = AudiencePages.SignIn(HttpContext.Audience);
        if (HttpContext.Person is { } person)
        {
            await sessions.EndAsync(person, SessionEnd.SignedOut, cancellationToken);
        }

        HttpContext.ForgetPerson();
        return Redirect(next ? door : $"{door}?signedOut=true");
    }
}
