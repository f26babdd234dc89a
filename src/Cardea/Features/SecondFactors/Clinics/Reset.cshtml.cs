using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors.Clinics;

/// <summary>For the day when somebody's phone is gone and no recovery code is left (S1-11).</summary>
[SignedInRecently]
public sealed class ResetModel(ResetSecondFactor reset, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    /// <summary>Of whose factors are gone now.</summary>
    public bool IsDone { get; private set; }

    private bool MayReset => HttpContext.RequiredPerson.Standing.Roles.HasFlag(Roles.Administrator);

    public async Task PrepareAsync(CancellationToken cancellationToken) => People =
    [
        new(words["ChoosePerson"], ""),
        .. (await reset.PeopleOf(HttpContext.RequiredPerson).Where(person => person.HasFactors).ToListAsync(cancellationToken))
            .Select(person => new SelectListItem($"{person.Name} ({person.Username})", person.AccountId.ToString())),
    ];

    public async Task<IActionResult> OnGetAsync(bool done, CancellationToken cancellationToken)
    {
        if (!MayReset)
        {
            return NotFound();
        }

        IsDone = done;
        await PrepareAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!MayReset)
        {
            return NotFound();
        }

        await PrepareAsync(cancellationToken);
        if (!Guid.TryParse(Input.Person, out var account) || People.All(person => person.Value != account.ToString()))
        {
            ModelState.AddModelError("Input.Person", words["PersonMissing"]);
        }

        if (!Input.IsVerified)
        {
            ModelState.AddModelError("Input.IsVerified", words["VerifyMissing"]);
        }

        if (!ModelState.IsValid)
        {
            return this.PageWithStatus(StatusCodes.Status400BadRequest);
        }

        await reset.RunAsync(HttpContext.RequiredPerson, account, cancellationToken);
        return Redirect("/admin/second-factor/reset?done=true");
    }

    public sealed class Form
    {
        public string? Person { get; set; }

        public bool IsVerified { get; set; }
    }
}
