using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Permissions;

/// <summary>The table of S2-01 as it is in force, for whoever gives roles to people.</summary>
public sealed class IndexModel(PolicyBook policies, IStringLocalizer<Words> words) : PageModel
{
    private static readonly IReadOnlyList<Roles> EveryRole = [.. Enum.GetValues<Roles>().Except([Roles.None])];

    /// <summary>In the order of the table.</summary>
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IActionResult OnGet()
    {
        var person = HttpContext.RequiredPerson;
        if (!PermissionRules.ManagesPeople(person.Standing.Roles))
        {
            return NotFound();
        }

        var table = policies.For(person.OrganizationId).Grants;
        Rows = [.. table.Select(grant => grant.Permission).Distinct(StringComparer.Ordinal).Select((name, index) => Read(name, index, table))];
        return Page();
    }

    private Row Read(string name, int index, IReadOnlyList<PermissionGrant> table)
    {
        var known = words[$"Permission.{name}"];   // an application may have asked for more than we have words for
        return new(
            name,
            $"permission-{index}",
            known.ResourceNotFound ? "" : known.Value,
            [
                .. from role in EveryRole
                   let types = PermissionRules.Where(name, role, table)
                   where types.Count > 0
                   select (words[$"Role{role}"].Value, WhereOf(types)),
            ]);
    }

    private string WhereOf(IReadOnlyList<OrganizationType> types) => types.Count == Enum.GetValues<OrganizationType>().Length
        ? words["AtAllTypes"]
        : string.Join(", ", types.Select(type => words[$"Type{type}"].Value));

    /// <param name="Holders">Each role with the types of organization at which it holds the permission.</param>
    public sealed record Row(string Name, string Id, string Words, IReadOnlyList<(string Role, string Where)> Holders);
}
