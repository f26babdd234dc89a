using System.Globalization;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondPerson;

/// <summary>What waits for a second person: to be confirmed by whoever looks, or asked by them.</summary>
public sealed class IndexModel(PeopleInReach people, WaitingActs waiting, IStringLocalizer<Words> words) : PageModel
{
    public const string Path = "/admin/second-person";

    /// <summary>What was done a moment ago.</summary>
    [FromQuery]
    public string? Done { get; set; }

    public IReadOnlyList<WaitingAct> Acts { get; private set; } = [];

    /// <summary>Null where the word of the address is none of ours.</summary>
    public string? DoneSentence => words[$"Done{Done}"] is { ResourceNotFound: false } known && Done is { Length: > 0 } ? known.Value : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var manager = people.ManagerOf(HttpContext.RequiredPerson);
        if (manager.Rank is Rank.None)
        {
            return NotFound();
        }

        Acts = await waiting.ReadAsync(manager, cancellationToken);
        return Page();
    }

    public string When(WaitingAct act) => LocalTime.Of(act.AskedAt, HttpContext.RequiredPerson.TimeZone).ToString("g", CultureInfo.CurrentCulture);
}
