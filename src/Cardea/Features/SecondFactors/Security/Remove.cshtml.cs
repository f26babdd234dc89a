using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>Asks once more before a factor is gone.</summary>
[SignedInRecently]
public sealed class RemoveModel(AppDbContext db, RemoveFactor remove) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true, Name = "factor")]
    public Guid FactorId { get; set; }

    /// <summary>Null when it is gone: in another tab, a moment ago; or when it is somebody else's.</summary>
    public Factor? Factor { get; private set; }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var account = HttpContext.RequiredPerson.AccountId;
        Factor = await db.Factors.AsNoTracking().SingleOrDefaultAsync(
            f => f.Id == FactorId && f.AccountId == account && f.RemovedAt == null, cancellationToken);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Factor is null ? Redirect(FactorPages.Security) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await remove.RunAsync(HttpContext.RequiredPerson, FactorId, cancellationToken);
        return Redirect(FactorPages.Security);
    }
}
