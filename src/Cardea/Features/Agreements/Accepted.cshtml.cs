using System.Globalization;
using Cardea.Data;
using Cardea.Features.Sessions;
using Cardea.Features.Shared;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Agreements;

/// <summary>Every agreement that the person has accepted, each time (I-03).</summary>
public sealed class AcceptedModel(AppDbContext db) : PageModel
{
    public const string Path = "/account/agreements";

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Acceptance> Acceptances { get; private set; } = [];

    private SignedInPerson Person => HttpContext.RequiredPerson;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Acceptances = await db.AgreementAcceptances.AsNoTracking()
            .Where(acceptance => acceptance.AccountId == Person.AccountId)
            .OrderByDescending(acceptance => acceptance.At).ThenByDescending(acceptance => acceptance.Id)
            .Join(
                db.AgreementTexts,
                acceptance => new { acceptance.VersionId, acceptance.Language },
                text => new { text.VersionId, text.Language },
                (acceptance, text) => new Acceptance(
                    acceptance.Id,
                    text.Title,
                    acceptance.Language,
                    db.AgreementVersions.Where(version => version.Id == acceptance.VersionId).Select(version => version.Number).First(),
                    acceptance.At,
                    acceptance.Address))
            .ToListAsync(cancellationToken);

    public string When(DateTimeOffset at) => LocalTime.Of(at, Person.TimeZone).ToString("f", CultureInfo.CurrentCulture);

    public sealed record Acceptance(Guid Id, string Title, string Language, int Number, DateTimeOffset At, string Address);
}
