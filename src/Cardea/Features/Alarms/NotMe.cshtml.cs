using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.Alarms;

/// <summary>Where "This was not me" leads. Opening it changes nothing: mail programs open links by themselves.</summary>
[AllowAnonymous, ReachableWhilePending, SignsInAfresh, ForAudience(Audience.Staff, Audience.Patient)]
public sealed class NotMeModel(FreezeAccount freeze) : PageModel
{
    [FromQuery(Name = "link")]
    public string? Link { get; set; }

    public bool LinkIsGood { get; private set; }

    /// <summary>Null before it was asked for.</summary>
    public FreezeOutcome? Outcome { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => LinkIsGood = await freeze.IsGoodAsync(Link, cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Outcome = await freeze.RunAsync(Link, cancellationToken);
        return Page();
    }
}
