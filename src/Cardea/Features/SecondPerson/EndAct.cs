using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondPerson;

/// <summary>Settles what waits without doing it: the second person refuses, or the first takes it back.</summary>
public sealed class EndAct(AppDbContext db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>False when somebody else was first.</summary>
    public async Task<bool> RunAsync(SignedInPerson by, WaitingAct act, CancellationToken cancellationToken)
    {
        var (now, name, account) = (clock.Now, AskedAct.NameOf(act.Kind), act.Person?.Account.Id);
        var end = act.IsMine ? PendingActEnd.Withdrawn : PendingActEnd.Refused;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (!await db.EndPendingActAsync(act.Id, by.AccountId, end, now, cancellationToken))
        {
            return false;
        }

        if (act.IsMine)
        {
            audit.Add(new ActWithdrawn(act.Id, name, account, act.OrganizationId));
        }
        else
        {
            audit.Add(new ActRefused(act.Id, name, act.AskedBy, account, act.OrganizationId));
        }

        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return true;
    }
}

public static class PendingActEnds
{
    extension(AppDbContext db)
    {
        /// <summary>Part of a transaction. In one statement, so that of two at once one settles it; false for the other.</summary>
        public async Task<bool> EndPendingActAsync(Guid id, Guid by, PendingActEnd end, DateTimeOffset now, CancellationToken cancellationToken) =>
            await db.PendingActs
                .Where(act => act.Id == id && act.EndedAt == null)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(act => act.EndedBy, (Guid?)by)
                        .SetProperty(act => act.EndedAt, (DateTimeOffset?)now)
                        .SetProperty(act => act.End, (PendingActEnd?)end),
                    cancellationToken) == 1;
    }
}
