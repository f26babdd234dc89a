using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>Only makes the account safer, so it may be done at any time.</summary>
[HasNothingToShow]
public sealed class ForgetModel(RememberedDevices devices) : PageModel
{
    public IActionResult OnGet() => Redirect(FactorPages.Security);

    public async Task<IActionResult> OnPostAsync(Guid device, CancellationToken cancellationToken)
    {
        await devices.ForgetAsync(HttpContext.RequiredPerson, device, cancellationToken);
        return Redirect(FactorPages.Security);
    }
}
