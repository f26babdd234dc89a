using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.People.Access;

/// <summary>People of other organizations who work for this one, too: who they are, and what they may do here, and nothing else about them.</summary>
[SharedByPerson]
public sealed class GuestsModel(PeopleInReach people, IStringLocalizer<Words> words) : PageModel
{
    public const string Path = "/admin/people/guests";

    public const int Most = 500;

    /// <summary>What was done a moment ago.</summary>
    [FromQuery]
    public string? Done { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Null where the word of the address is none of ours.</summary>
    public string? DoneSentence => Done is { Length: > 0 } && words[$"AccessDone{Done}"] is { ResourceNotFound: false } known ? known.Value : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var manager = people.ManagerOf(HttpContext.RequiredPerson);
        if (manager.Reach is Reach.Nobody)
        {
            return NotFound();
        }

        Rows = await people.AccessIn(manager)
            .Where(m => m.OrganizationId == manager.OrganizationId)
            .OrderBy(m => m.Account!.FamilyName).ThenBy(m => m.Account!.GivenName).ThenBy(m => m.AccountId)
            .Take(Most)
            .Select(m => new Row(
                m.AccountId, m.OrganizationId, m.Account!.GivenName, m.Account.FamilyName, m.Account.HomeOrganization!.Name, m.Roles))
            .ToListAsync(cancellationToken);
        return Page();
    }

    public string RolesOf(Row row) => RoleWords.Of(row.Roles, words);

    public sealed record Row(Guid AccountId, Guid OrganizationId, string GivenName, string FamilyName, string HomeOrganizationName, Roles Roles);
}
