using Cardea.Data;
using Cardea.Rules.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Agreements;

public static class AgreementsInForce
{
    private const string EveryVersionHas = "en";

    extension(AppDbContext db)
    {
        /// <summary>
        /// The words in force: of the newest version, in <paramref name="language"/> or else in English, because a version that was published
        /// before the product learned a language has no words in it. Null before the first is published.
        /// </summary>
        public Task<AgreementText?> FindAgreementAsync(AgreementKind kind, string language, CancellationToken cancellationToken) =>
            db.AgreementTexts.AsNoTracking()
                .Where(text => text.VersionId == db.AgreementVersions
                    .Where(version => version.Kind == kind).OrderByDescending(version => version.Number).Select(version => version.Id).FirstOrDefault())
                .OrderBy(text => text.Language == language ? 0 : text.Language == EveryVersionHas ? 1 : 2)
                .FirstOrDefaultAsync(cancellationToken);
    }
}
