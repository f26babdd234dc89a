using System.Globalization;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.People;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Cardea.Features.AccessReview;

/// <summary>Once a year: does everybody here still need their access? Of the own organization; who reaches all may choose another.</summary>
public sealed class IndexModel(
    AppDbContext db,
    PeopleInReach people,
    UnconfirmedAccess unconfirmed,
    ConfirmAccess confirm,
    IOptions<AccessReviewSettings> settings,
    IStringLocalizer<Words> words,
    IStringLocalizer<People.Words> peopleWords) : PageModel, IShownAgain
{
    public const string Path = "/admin/access-review";

    private const int MostShown = 100;

    [FromQuery]
    public string? Organization { get; set; }

    /// <summary>How many were confirmed a moment ago.</summary>
    [FromQuery]
    public int? Done { get; set; }

    [BindProperty, FromForm]
    public Form Input { get; set; } = new();

    public IReadOnlyList<Unconfirmed> Due { get; private set; } = [];

    public string OrganizationName { get; private set; } = "";

    public bool MayChoose => Manager.Reach is Reach.Everybody;

    public int EveryDays => settings.Value.Every.Days;

    public int? EndsAfterDays => settings.Value.EndsAfter?.Days;

    private SignedInPerson Person => HttpContext.RequiredPerson;

    private Manager Manager => people.ManagerOf(Person);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var manager = Manager;
        var chosen = MayChoose && !string.IsNullOrWhiteSpace(Organization) ? Organization.Trim() : Person.OrganizationCode;
        var organization = await db.Organizations.AsNoTracking().Where(o => o.Code == chosen).Select(o => new { o.Id, o.Name }).SingleOrDefaultAsync(cancellationToken);
        if (organization is null)
        {
            ModelState.AddModelError("Organization", words["NoSuchOrganization"]);
            return;
        }

        OrganizationName = organization.Name;
        Due = await unconfirmed.Read(unconfirmed.Due()
                .Where(m => m.OrganizationId == organization.Id && m.AccountId != manager.AccountId)
                .OrderBy(m => m.Account!.FamilyName).ThenBy(m => m.Account!.GivenName).ThenBy(m => m.AccountId).Take(MostShown))
            .ToListAsync(cancellationToken);
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Manager.Reach is Reach.Nobody)
        {
            return NotFound();
        }

        await PrepareAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Manager.Reach is Reach.Nobody)
        {
            return NotFound();
        }

        var chosen = Input.Accounts.Where(text => Guid.TryParse(text, out _)).Select(text => Guid.Parse(text)).ToList();
        if (chosen.Count == 0)
        {
            await PrepareAsync(cancellationToken);
            return this.PageWithError("Input.Accounts", words["NobodyChosen"]);
        }

        var confirmed = await confirm.RunAsync(Manager, chosen, cancellationToken);
        return Redirect($"{Path}?done={confirmed}{(MayChoose && !string.IsNullOrWhiteSpace(Organization) ? $"&organization={Uri.EscapeDataString(Organization.Trim())}" : "")}");
    }

    public string RolesOf(Unconfirmed person) => RoleWords.Of(person.Roles, peopleWords);

    public string When(DateTimeOffset? at) => at is { } time ? LocalTime.Of(time, Person.TimeZone).ToString("d", CultureInfo.CurrentCulture) : peopleWords["Never"];

    public sealed class Form
    {
        public List<string> Accounts { get; set; } = [];
    }
}
