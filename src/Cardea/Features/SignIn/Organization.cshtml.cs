using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Journey;
using Cardea.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SignIn;

public sealed class OrganizationModel(ChooseOrganization choose, IStringLocalizer<Words> words) : PageModel, IShownAgain
{
    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public IReadOnlyList<Choice> Organizations { get; private set; } = [];

    public async Task PrepareAsync(CancellationToken cancellationToken) =>
        Organizations = await choose.Of(HttpContext.RequiredPerson).Select(o => new Choice(o.Id, o.Name, o.Code)).ToListAsync(cancellationToken);

    public Task OnGetAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        if (Input.Organization is not [var wanted])
        {
            return this.PageWithError("Input.Organization", words["OrganizationMissing"]);
        }

        return await choose.RunAsync(HttpContext.RequiredPerson, wanted, cancellationToken) switch
        {
            ChooseOrganizationOutcome.Chosen or ChooseOrganizationOutcome.WasChosenBefore => Redirect(JourneyLinks.Onward(Request)),
            ChooseOrganizationOutcome.DoesNotWorkThere => this.PageWithError("Input.Organization", words["OrganizationGone"]),
        };
    }

    public sealed record Choice(Guid Id, string Name, string Code);

    public sealed class Form
    {
        /// <summary>A list, so that two choices at once are none.</summary>
        public List<Guid> Organization { get; set; } = [];
    }
}
