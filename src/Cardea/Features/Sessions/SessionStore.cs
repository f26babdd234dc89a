using System.Linq.Expressions;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.SignIn.Journey;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Sessions;

/// <summary>Finds, extends, completes and ends sessions. Beginning one is part of signing in.</summary>
public sealed class SessionStore(AppDbContext db, TranslatedQueries queries, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Writes of "was here" are kept apart by this much: a burst of requests is one act of the person.</summary>
    private static readonly TimeSpan TouchedEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer may have been lost before one signs in again.</summary>
    private static readonly TimeSpan FormerSecretWaits = TimeSpan.FromMinutes(1);

    public async Task<SignedInPerson?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var person = await queries.Get(SessionBySecret)(db, Secrets.Hash(secret), cancellationToken);
        return person is null ? null : person with
        {
            Secret = new(secret),
            Standing = person.Standing with
            {
                SecondFactorIsProven = person.SecondFactorAt is not null || person.SecondFactorIsRemembered,
                OrganizationIsOpen = person is { IsComplete: false, RolesUntilNow: Roles.None, Audience: Audience.Staff },
            },
        };
    }

    /// <summary>
    /// The secret that came after this one, in an answer that never arrived: known only to the same device, for a moment, and until it is used
    /// (S0-16).
    /// </summary>
    public async Task<string?> FindSuccessorAsync(string formerSecret, string device, CancellationToken cancellationToken)
    {
        var (former, deviceHash, since) = (Secrets.Hash(formerSecret), Secrets.Hash(device), clock.Now - FormerSecretWaits);
        var key = await db.Sessions
            .Where(s => s.FormerSecretHash == former && s.DeviceHash == deviceHash && s.SecretRenewedAt > since && s.EndedAt == null)
            .Select(s => s.SuccessorKey)
            .SingleOrDefaultAsync(cancellationToken);
        return key is null ? null : Secrets.Successor(formerSecret, key);
    }

    /// <summary>The new secret has arrived: from here on the former one is worth nothing (ASVS V7.2.4).</summary>
    public async Task ForgetFormerSecretAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var arrived = Secrets.Hash(person.Secret.Value);   // another request may have renewed it since: then the next one to arrive forgets
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.Sessions.Where(session => session.Id == person.SessionId && session.SecretHash == arrived).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.FormerSecretHash, (byte[]?)null).SetProperty(session => session.SuccessorKey, (byte[]?)null),
            cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

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
        var next = NextSecret.After(person.Secret.Value);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var completed = await db.Sessions
            .Where(session => session.Id == person.SessionId && session.EndedAt == null && session.CompletedAt == null)
            .ExecuteUpdateAsync(
                set => next.SetIn(set, now)
                    .SetProperty(session => session.CompletedAt, now)
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
        return next.Secret;
    }

    /// <summary>
    /// A new secret for the same session, after its password was proven again or replaced. Null when the session has ended. Part of the caller's
    /// transaction.
    /// </summary>
    /// <param name="current">Null when it is not known, because the answer that carried it was lost.</param>
    public async Task<string?> RenewAsync(Guid sessionId, string? current, DateTimeOffset passwordSetAt, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var next = NextSecret.After(current);
        var renewed = await db.Sessions
            .Where(session => session.Id == sessionId && session.EndedAt == null)
            .ExecuteUpdateAsync(
                set => next.SetIn(set, now).SetProperty(session => session.PasswordSetAt, passwordSetAt),
                cancellationToken);
        return renewed == 1 ? next.Secret : null;
    }

    /// <summary>
    /// A new secret for a session in which more was proven than the password (ASVS V7.2.4). What is weaker than what was proven before makes
    /// that no fresher. Null when the session has ended, or another request was first. Part of the caller's transaction.
    /// </summary>
    public async Task<string?> ProveSecondFactorAsync(SignedInPerson person, ProvenWay way, CancellationToken cancellationToken)
    {
        var (now, next, methods) = (clock.Now, NextSecret.After(person.Secret.Value), way.After(person.AuthenticationMethods));
        var (strength, at) = way.Strength >= person.SecondFactorStrength ? (way.Strength, now) : (person.SecondFactorStrength, person.SecondFactorAt);
        var proven = await db.Sessions
            .Where(session => session.Id == person.SessionId && session.EndedAt == null && session.SecondFactorAt == person.SecondFactorAt)
            .ExecuteUpdateAsync(
                set => next.SetIn(set, now)
                    .SetProperty(session => session.SecondFactorAt, at)
                    .SetProperty(session => session.SecondFactorStrength, strength)
                    .SetProperty(session => session.AuthenticationMethods, methods),
                cancellationToken);
        return proven == 1 ? next.Secret : null;
    }

    /// <summary>Part of the caller's transaction.</summary>
    public Task NoteCompletedSignInAsync(Guid accountId, string address, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.AccountActivity
            .Where(activity => activity.AccountId == accountId)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(activity => activity.LastSignInCompletedAt, (DateTimeOffset?)at)
                    .SetProperty(activity => activity.LastSignInFrom, address)
                    .SetProperty(activity => activity.IdleSince, activity => activity.IdleSince == null ? null : at),
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
        if (await EndAsync(db.Sessions.Where(session => session.Id == person.SessionId), because, cancellationToken) > 0)
        {
            audit.Add(new SessionEnded(person.AccountId, person.SessionId, because));
        }
    }

    /// <summary>Ends all of a person's sessions but, if given, one. Part of the caller's transaction.</summary>
    public Task<int> EndAllAsync(Guid accountId, Guid? butSession, SessionEnd because, CancellationToken cancellationToken) =>
        EndAsync(db.Sessions.Where(session => session.AccountId == accountId && session.Id != butSession), because, cancellationToken);

    /// <summary>Part of the caller's transaction.</summary>
    /// <returns>How many had not ended before.</returns>
    public Task<int> EndAsync(IQueryable<Session> sessions, SessionEnd because, CancellationToken cancellationToken)
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
                db.Memberships,
                session => new { session.AccountId, session.OrganizationId },
                membership => new { membership.AccountId, membership.OrganizationId },
                (session, membership) => new SignedInPerson
                {
                    SessionId = session.Id,
                    FormerSecretWaits = session.FormerSecretHash != null,
                    StartedAt = session.StartedAt,
                    LastSeenAt = session.LastSeenAt,
                    IsComplete = session.CompletedAt != null,
                    EndedAt = session.EndedAt,
                    EndedBecause = session.EndedBecause,
                    PlannedSteps = session.PlannedSteps,
                    RolesUntilNow = session.Roles,
                    PasswordIsReplaced = session.PasswordSetAt != membership.Account!.PasswordSetAt,
                    SecondFactorAt = session.SecondFactorAt,
                    SecondFactorStrength = session.SecondFactorStrength,
                    SecondFactorIsRemembered = session.SecondFactorIsRemembered,
                    AuthenticationMethods = session.AuthenticationMethods,
                    FormHash = session.FormHash,
                    PreviousSignInAt = session.PreviousSignInAt,
                    PreviousSignInFrom = session.PreviousSignInFrom,
                    GivenName = membership.Account.GivenName,
                    FamilyName = membership.Account.FamilyName,
                    Username = db.SignInNames.Where(name => name.AccountId == session.AccountId)
                        .OrderBy(name => name.Scope == session.OrganizationId ? 0 : 1).Select(name => name.Name).FirstOrDefault() ?? "",
                    Email = membership.Account.Email,
                    EmailRefusedAt = membership.Account.EmailRefusedAt,
                    Language = membership.Account.Language,
                    OrganizationCode = membership.Organization!.Code,
                    OrganizationName = membership.Organization.Name,
                    OrganizationType = membership.Organization.Type,
                    OwnTimeZone = membership.Account.TimeZone,
                    OrganizationTimeZone = membership.Organization.TimeZone,
                    Standing = Standing.Of(db, membership),
                })
            .SingleOrDefault();
        return EF.CompileAsyncQuery(Standing.Part.PutInto(query));
    }
}
