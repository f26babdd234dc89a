using Cardea.Data;
using Cardea.Features.Audit;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Sessions;

/// <summary>A person ends what they, or somebody else, left open elsewhere (V7.5.2). The session at hand is ended by signing out.</summary>
public sealed class EndOtherSessions(AppDbContext db, SessionStore sessions, AuditTrail audit)
{
    /// <param name="session">Null for all of them. Somebody else's is nobody's: nothing happens.</param>
    /// <returns>How many ended.</returns>
    public async Task<int> RunAsync(SignedInPerson person, Guid? session, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var ended = await sessions.EndAsync(
            db.Sessions.Where(other => other.AccountId == person.AccountId && other.Id != person.SessionId && (session == null || other.Id == session)),
            SessionEnd.EndedByOwner,
            cancellationToken);
        if (ended > 0)
        {
            audit.Add(new OtherSessionsEnded(person.AccountId, ended));
            await db.SaveChangesAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return ended;
    }
}
