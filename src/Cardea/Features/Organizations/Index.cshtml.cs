using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Rules.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Cardea.Features.Organizations;

/// <summary>All organizations of the registry, a page at a time.</summary>
[TypeFilter<OrganizationsGuard>]
public sealed class IndexModel(FindOrganizations find, TimeProvider clock) : PageModel
{
    public const string Path = "/admin/organizations";

    private const int OnAPage = 25;

    public static IReadOnlyList<OrganizationFilter> Filters { get; } = Enum.GetValues<OrganizationFilter>();

    public string? Search { get; private set; }

    public OrganizationFilter Show { get; private set; }

    public string? After { get; private set; }

    public IReadOnlyList<FoundOrganization> Found { get; private set; } = [];

    /// <summary>The code after which the next page begins; null on the last one.</summary>
    public string? Next { get; private set; }

    /// <param name="show">A name of <see cref="OrganizationFilter"/>; what is none is passed over.</param>
    /// <param name="after">A code; what is none is passed over.</param>
    public async Task OnGetAsync(string? search, string? show, string? after, CancellationToken cancellationToken)
    {
        (Search, After) = (search, after is not null && SignInNames.CheckOrganizationCode(after) is null ? after : null);
        Show = Filters.FirstOrDefault(filter => filter.ToString() == show);
        var today = DateOnly.FromDateTime(LocalTime.Of(clock.Now, HttpContext.RequiredPerson.TimeZone).DateTime);
        var found = await find.RunAsync(new(Search, Show, After, OnAPage + 1), today, cancellationToken);
        Found = [.. found.Take(OnAPage)];
        Next = found.Count > OnAPage ? Found[^1].Code : null;
    }

    public string PathOfPage(string? after) => QueryHelpers.AddQueryString(
        Path,
        new Dictionary<string, string?> { ["search"] = Search, ["show"] = Show.ToString(), ["after"] = after }.Where(part => !string.IsNullOrEmpty(part.Value)));
}
