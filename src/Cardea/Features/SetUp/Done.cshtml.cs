using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Cardea.Features.SetUp;

/// <summary>Where the set-up leads to: refreshing it is harmless.</summary>
[AllowAnonymous]
public sealed class DoneModel(RegistryProfile registry) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        (await registry.GetAsync(cancellationToken)).SetUpClosedAt is null ? NotFound() : Page();
}
