using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Security;

/// <summary>A name tells one passkey from another. Whoever could change it unasked could have the wrong one removed.</summary>
[SignedInRecently]
[KeepsDraft(nameof(Name))]
public sealed class RenameModel(AppDbContext db, RenameFactor rename, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true, Name = "factor")]
    public Guid FactorId { get; set; }

    /// <summary>May be empty: then it has none.</summary>
    [BindProperty, FromForm]
    public string? Name { get; set; }

    /// <summary>Null when it is somebody else's, or gone.</summary>
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
        Name = Factor?.Name;
        return Factor is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Factor is null)
        {
            return NotFound();
        }

        var name = string.IsNullOrWhiteSpace(Name) ? null : PlainLine.Normalize(Name);
        if (name is not null && PlainLine.Check(Name, Factor.NameMaxLength) is not null)
        {
            return this.PageWithError("Name", words["FactorNameWrong", Factor.NameMaxLength]);
        }

        return await rename.RunAsync(HttpContext.RequiredPerson, FactorId, name, cancellationToken) ? Redirect(FactorPages.Security) : NotFound();
    }
}
