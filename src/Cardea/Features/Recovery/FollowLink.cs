using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Rules.Recovery;

namespace Cardea.Features.Recovery;

/// <summary>Where the mailbox is all that is to be proven: patients, and presets without questions. A click, because opening a link must not use it up.</summary>
public sealed class FollowLink(AppDbContext db, ResetLinks links, AuditTrail audit)
{
    public async Task<ProveResetOutcome> RunAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(secret, cancellationToken) is not { Proof: ProofAfterLink.Nothing } link)
        {
            return new ProveResetOutcome.LinkIsOver();
        }

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (await links.TrySpendAsync(link, cancellationToken) is not { } ticket)
        {
            return new ProveResetOutcome.LinkIsOver();
        }

        audit.Add(new ResetProven(link.Person.AccountId, link.Person.OrganizationId, nameof(ProofAfterLink.Nothing)));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ProveResetOutcome.Proven(ticket);
    }
}
