using System.Globalization;
using System.Text;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.SecondFactors.Security;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Cardea.Hosting;
using Cardea.Rules.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.People;

/// <summary>
/// The whole list, as it is filtered and sorted, for a spreadsheet. Names and addresses of many leave the registry with it: the step-up of V7.5.3, and an
/// entry in the audit trail.
/// </summary>
[SignedInRecently]
[SharedByPerson]
public sealed class ExportModel(AppDbContext db, PeopleInReach people, PeopleList list, AuditTrail audit, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    public const string Path = "/admin/people/export";

    /// <summary>So that a million people are never in memory at once.</summary>
    private const int AtOnce = 500;

    [FromQuery]
    public string? Search { get; set; }

    [FromQuery]
    public PeopleFilter Filter { get; set; }

    [FromQuery]
    public PeopleOrder Order { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var person = HttpContext.RequiredPerson;
        var manager = people.ManagerOf(person);
        if (manager.Reach is Reach.Nobody)
        {
            return NotFound();
        }

        audit.Add(new PeopleExported(Filter.ToString()));   // before the first line leaves
        await db.SaveChangesAsync(cancellationToken);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"people-{LocalTime.Of(clock.Now, person.TimeZone):yyyy-MM-dd}.csv\"";
        await using var text = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);   // Excel asks for the mark
        await text.WriteAsync(Csv.Line([words["FamilyName"], words["GivenName"], words["Username"], words["Email"], words["OrganizationCode"], words["Organization"], words["Roles"], words["LastSignIn"], words["State"]]));
        PeopleCursor? after = null;
        do
        {
            var page = await list.ReadAsync(manager, new(Search, Filter, Order, after), cancellationToken, AtOnce);
            foreach (var row in page.Rows)
            {
                await text.WriteAsync(Csv.Line(
                [
                    row.FamilyName, row.GivenName, row.SignInName, row.Email, row.OrganizationCode, row.OrganizationName, RoleWords.Of(row.Roles, words),
                    row.LastSignInAt is { } at ? LocalTime.Of(at, person.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "",
                    string.Join(", ", StateWords.Of(row, words)),
                ]));
            }

            await text.FlushAsync(cancellationToken);
            after = page.Next;
        }
        while (after is not null);

        return new EmptyResult();
    }
}
