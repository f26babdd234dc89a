using System.Globalization;
using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Agreements;

/// <summary>The very words that were accepted, in their language, to be read and printed.</summary>
public sealed class AcceptedTextModel(AppDbContext db) : PageModel
{
    public AgreementAcceptance Acceptance { get; private set; } = null!;   // without it there is no page

    public AgreementText Text { get; private set; } = null!;

    public int Number { get; private set; }

    public SignedInPerson Person => HttpContext.RequiredPerson;

    public string When => LocalTime.Of(Acceptance.At, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "accepted")] Guid id, CancellationToken cancellationToken)
    {
        var found = await db.AgreementAcceptances.AsNoTracking()
            .Where(acceptance => acceptance.Id == id && acceptance.AccountId == Person.AccountId)
            .Select(acceptance => new
            {
                Acceptance = acceptance,
                Text = db.AgreementTexts.Single(text => text.VersionId == acceptance.VersionId && text.Language == acceptance.Language),
                Number = db.AgreementVersions.Where(version => version.Id == acceptance.VersionId).Select(version => version.Number).First(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return NotFound();
        }

        (Acceptance, Text, Number) = (found.Acceptance, found.Text, found.Number);
        return Page();
    }
}
