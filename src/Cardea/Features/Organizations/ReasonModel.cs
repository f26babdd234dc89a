using Cardea.Data;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Organizations;

/// <summary>A page that asks whether one means it, and why.</summary>
public abstract class ReasonModel(AppDbContext db, IStringLocalizer<Words> words, IStringLocalizer<Shared.Words> sharedWords) : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    [BindProperty(SupportsGet = true), FromRoute]
    public Guid Id { get; set; }

    public string Name { get; private set; } = "";

    /// <summary>Whether there is such an organization, in the state that this page changes.</summary>
    protected bool IsThere { get; private set; }

    /// <summary>In which this page finds an organization.</summary>
    protected abstract bool IsForDeactivated { get; }

    public virtual async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var found = await db.Organizations.Where(o => o.Id == Id).Select(o => new { o.Name, IsDeactivated = o.DeactivatedAt != null }).SingleOrDefaultAsync(cancellationToken);
        (Name, IsThere) = (found?.Name ?? "", found?.IsDeactivated == IsForDeactivated);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return IsThere ? Page() : NotFound();
    }

    protected IActionResult Refuse(PlainLineRefusal refusal) =>
        this.PageWithError("Input.Reason", PlainLineWords.Of(refusal, words["Reason"], DeactivateOrganization.ReasonMaxLength, sharedWords));

    protected IActionResult Refuse(string word)
    {
        ModelState.AddModelError("", words[word]);
        return this.PageWithStatus(StatusCodes.Status409Conflict);
    }

    public sealed class Form
    {
        public string? Reason { get; set; }
    }
}
