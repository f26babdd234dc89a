using Cardea.Data;
using Cardea.Features.Sessions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>Asks once more before a factor is gone.</summary>
[SignedInRecently]
public sealed class RemoveModel(AppDbContext db, RemoveFactor remove) : PageModel
{
    public Factor Factor { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid factor, CancellationToken cancellationToken)
    {
        var account = HttpContext.RequiredPerson.AccountId;
        if (await db.Factors.AsNoTracking().SingleOrDefaultAsync(f => f.Id == factor && f.AccountId == account && f.RemovedAt == null, cancellationToken) is not { } found)
        {
            return Redirect(FactorPages.Security);   // in another tab, a moment ago; or somebody else's
        }

        Factor = found;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid factor, CancellationToken cancellationToken)
    {
        await remove.RunAsync(HttpContext.RequiredPerson, factor, cancellationToken);
        return Redirect(FactorPages.Security);
    }
}
