using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.People;

/// <summary>The people of the own organization, or of all (S2-20): found by a few letters, filtered, sorted, a page at a time.</summary>
[SharedByPerson]
public sealed class IndexModel(PeopleInReach people, PeopleList list, IStringLocalizer<Words> words) : PageModel
{
    public const string Path = "/admin/people";

    [FromQuery]
    public string? Search { get; set; }

    [FromQuery]
    public PeopleFilter Filter { get; set; }

    [FromQuery]
    public PeopleOrder Order { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public PeoplePage Found { get; private set; } = new([], HasMore: false, IsCut: false);

    /// <summary>Whether people of several organizations are in the list.</summary>
    public bool IsEverywhere { get; private set; }

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public IEnumerable<SelectListItem> FilterOptions => Enum.GetValues<PeopleFilter>().Select(filter => new SelectListItem(words[$"Filter{filter}"], filter.ToString()));

    public IEnumerable<SelectListItem> OrderOptions => Enum.GetValues<PeopleOrder>().Select(order => new SelectListItem(words[$"Order{order}"], order.ToString()));

    public string FirstPage => Link(Path, after: null);

    public string? NextPage => Found.Next is { } next ? Link(Path, next.ToString()) : null;

    public string ExportLink => Link(ExportModel.Path, after: null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var manager = people.ManagerOf(Person);
        if (manager.Reach is Reach.Nobody)
        {
            return NotFound();
        }

        IsEverywhere = manager.Reach is Reach.Everybody;
        Found = await list.ReadAsync(manager, new(Search, Filter, Order, PeopleCursor.Read(After)), cancellationToken);
        return Page();
    }

    public string RolesOf(PersonRow row) => RoleWords.Of(row.Roles, words);

    public string LastSignInOf(PersonRow row) =>
        row.LastSignInAt is { } at ? LocalTime.Of(at, Person.TimeZone).ToString("d", CultureInfo.CurrentCulture) : words["Never"];

    private string Link(string path, string? after) => QueryHelpers.AddQueryString(
        path,
        new Dictionary<string, string?>
        {
            ["search"] = string.IsNullOrWhiteSpace(Search) ? null : Search,
            ["filter"] = Filter is PeopleFilter.All ? null : Filter.ToString(),
            ["order"] = Order is PeopleOrder.Name ? null : Order.ToString(),
            ["after"] = after,
        }.Where(pair => pair.Value is not null));
}
