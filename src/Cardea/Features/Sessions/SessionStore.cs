using System.Linq.Expressions;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.SignIn.Journey;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Sessions;

/// <summary>Finds, extends, completes and ends sessions. Beginning one is part of signing in.</summary>
public sealed class SessionStore(AppDbContext db, TranslatedQueries queries, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Writes of "was here" are kept apart by this much: a burst of requests is one act of the person.</summary>
    private static readonly TimeSpan TouchedEvery = TimeSpan.FromSeconds(1);

    public Task<SignedInPerson?> FindAsync(string secret, CancellationToken cancellationToken) =>
        queries.Get(SessionBySecret)(db, Secrets.Hash(secret), cancellationToken);

    /// <summary>Moves the idle limit of a session that is still live.</summary>
    public async Task TouchAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        if (now - person.LastSeenAt < TouchedEvery)
        {
            return;
        }

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.Sessions
            .Where(session => session.Id == person.SessionId && session.EndedAt == null && session.LastSeenAt < now)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// The journey is over: latched for the life of the session, under a new secret, because the session can do more from now on
    /// (ASVS V7.2.4). Null when another request was first.
    /// </summary>
    public async Task<string?> CompleteAsync(SignedInPerson person, string address, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var secret = Secrets.New();
        var hash = Secrets.Hash(secret);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var completed = await db.Sessions
            .Where(session => session.Id == person.SessionId && session.EndedAt == null && session.CompletedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(session => session.CompletedAt, now)
                    .SetProperty(session => session.SecretHash, hash)
                    .SetProperty(session => session.Roles, person.Standing.Roles),
                cancellationToken);
        if (completed == 0)
        {
            return null;
        }

        await NoteCompletedSignInAsync(person.AccountId, address, now, cancellationToken);
        audit.Add(new JourneyCompleted(person.AccountId, person.SessionId));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return secret;
    }

    /// <summary>
    /// A new secret for the same session, after its password was proven again or replaced. Null when the session has ended. Part of the caller's
    /// transaction.
    /// </summary>
    public async Task<string?> RenewAsync(Guid sessionId, DateTimeOffset passwordSetAt, CancellationToken cancellationToken)
    {
        var secret = Secrets.New();
        var hash = Secrets.Hash(secret);
        var renewed = await db.Sessions
            .Where(session => session.Id == sessionId && session.EndedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(session => session.SecretHash, hash).SetProperty(session => session.PasswordSetAt, passwordSetAt),
                cancellationToken);
        return renewed == 1 ? secret : null;
    }

    /// <summary>Part of the caller's transaction.</summary>
    public Task NoteCompletedSignInAsync(Guid accountId, string address, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.AccountActivity
            .Where(activity => activity.AccountId == accountId)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(activity => activity.LastSignInCompletedAt, (DateTimeOffset?)at)
                    .SetProperty(activity => activity.LastSignInFrom, address),
                cancellationToken);

    /// <summary>Ends one session for good; ending it again changes nothing.</summary>
    public async Task EndAsync(SignedInPerson person, SessionEnd because, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await EndInTransactionAsync(person, because, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Part of the caller's transaction, which saves the audit entry.</summary>
    public async Task EndInTransactionAsync(SignedInPerson person, SessionEnd because, CancellationToken cancellationToken)
    {
        if (await MarkEndedAsync(db.Sessions.Where(session => session.Id == person.SessionId), because, cancellationToken) > 0)
        {
            audit.Add(new SessionEnded(person.AccountId, person.SessionId, because));
        }
    }

    /// <summary>Ends all of a person's sessions but, if given, one. Part of the caller's transaction.</summary>
    public Task<int> EndAllAsync(Guid accountId, Guid? butSession, SessionEnd because, CancellationToken cancellationToken) =>
        MarkEndedAsync(db.Sessions.Where(session => session.AccountId == accountId && session.Id != butSession), because, cancellationToken);

    private Task<int> MarkEndedAsync(IQueryable<Session> sessions, SessionEnd because, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        return sessions
            .Where(session => session.EndedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(session => session.EndedAt, (DateTimeOffset?)now)
                    .SetProperty(session => session.EndedBecause, (SessionEnd?)because)
                    .SetProperty(session => session.FormHash, (byte[]?)null),
                cancellationToken);
    }

    private static Func<AppDbContext, byte[], CancellationToken, Task<SignedInPerson?>> SessionBySecret()
    {
        Expression<Func<AppDbContext, byte[], CancellationToken, SignedInPerson?>> query = (db, hash, cancellationToken) => db.Sessions.AsNoTracking()
            .Where(session => session.SecretHash == hash)
            .Join(
                Standing.AllIn(db),
                session => new { session.AccountId, session.OrganizationId },
                standing => new { standing.AccountId, standing.OrganizationId },
                (session, standing) => new SignedInPerson
                {
                    SessionId = session.Id,
                    StartedAt = session.StartedAt,
                    LastSeenAt = session.LastSeenAt,
                    IsComplete = session.CompletedAt != null,
                    EndedAt = session.EndedAt,
                    EndedBecause = session.EndedBecause,
                    PlannedSteps = session.PlannedSteps,
                    RolesUntilNow = session.Roles,
                    PasswordIsReplaced = session.PasswordSetAt != session.Account!.PasswordSetAt,
                    FormHash = session.FormHash,
                    PreviousSignInAt = session.PreviousSignInAt,
                    PreviousSignInFrom = session.PreviousSignInFrom,
                    GivenName = session.Account.GivenName,
                    FamilyName = session.Account.FamilyName,
                    Username = db.SignInNames.Where(name => name.AccountId == session.AccountId).Select(name => name.Name).FirstOrDefault() ?? "",
                    Email = session.Account.Email,
                    Language = session.Account.Language,
                    OrganizationCode = session.Organization!.Code,
                    OrganizationName = session.Organization.Name,
                    OrganizationType = session.Organization.Type,
                    TimeZone = session.Organization.TimeZone,
                    Standing = standing,
                })
            .SingleOrDefault();
        return EF.CompileAsyncQuery(Standing.Part.PutInto(query));
    }
}
