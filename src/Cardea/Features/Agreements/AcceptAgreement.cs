using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Agreements;

public abstract record AcceptAgreementOutcome
{
    public sealed record Accepted : AcceptAgreementOutcome;

    /// <summary>What the person read is not, or no longer, what is in force: nothing was recorded.</summary>
    public sealed record NotInForce : AcceptAgreementOutcome;
}

/// <summary>Records that a person accepted exactly the words they were shown, when and from where (S2-05, S2-06, I-03).</summary>
public sealed class AcceptAgreement(AppDbContext db, PolicyBook policies, AuditTrail audit, TimeProvider clock)
{
    public async Task<AcceptAgreementOutcome> RunAsync(
        SignedInPerson person, AgreementKind kind, Guid versionShown, string languageShown, string address, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);

        var text = await db.FindAgreementAsync(kind, languageShown, cancellationToken);
        if (text is null || text.VersionId != versionShown || text.Language != languageShown)
        {
            return new AcceptAgreementOutcome.NotInForce();
        }

        var now = clock.Now;
        if (await IsDueAsync(person, kind, text, now, cancellationToken))
        {
            db.AgreementAcceptances.Add(new()
            {
                Id = clock.NewId(),
                AccountId = person.AccountId,
                Kind = kind,
                VersionId = text.VersionId,
                Language = text.Language,
                TextHash = text.Hash,
                At = now,
                Address = address,
            });
            audit.Add(new AgreementAccepted(person.AccountId, kind.ToString(), text.VersionId, text.Language, text.Hash));
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        return new AcceptAgreementOutcome.Accepted();
    }

    /// <summary>Asked again within the turn: a double click, or a second tab, accepts once.</summary>
    private async Task<bool> IsDueAsync(SignedInPerson person, AgreementKind kind, AgreementText text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await db.AgreementAcceptances.AsNoTracking()
            .Where(acceptance => acceptance.AccountId == person.AccountId && acceptance.Kind == kind)
            .OrderByDescending(acceptance => acceptance.At)
            .FirstOrDefaultAsync(cancellationToken);
        return AgreementRules.IsDue(text.VersionId, last?.VersionId, last?.At, policies.For(person.OrganizationId).AgreementsRenewedEvery, now);
    }
}
