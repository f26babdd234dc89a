using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;

namespace Cardea.Features.Accounts;

/// <summary>Signs somebody out everywhere, whatever they do (V7.4.5).</summary>
public sealed class EndSessions(AppDbContext db, PeopleInReach people, SessionStore sessions, TellOwner tellOwner, AuditTrail audit)
{
    /// <returns>How many ended.</returns>
    public async Task<int> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        var ended = await sessions.EndAllAsync(account.Id, butSession: null, SessionEnd.EndedByManager, cancellationToken);
        if (ended > 0)
        {
            audit.Add(new SessionsEndedByManager(account.Id, account.HomeOrganizationId, ended));
            await tellOwner.ThatAsync(HelpGiven.SignedOut, account, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return ended;
    }
}
