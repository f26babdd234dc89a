using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Hosting.Jobs;
using Cardea.Policies;
using Cardea.Rules.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Lifecycle;

/// <summary>
/// Tells people ten days before their password expires, or their account becomes inactive (S2-16, S2-18): once for each, whatever the job does.
/// Patients are told of neither, since neither happens to them.
/// </summary>
public sealed class SendNotices(AppDbContext db, PolicyBook policies, Outbox outbox, AuditTrail audit, TimeProvider clock) : IHourlyJob
{
    /// <summary>In one transaction: long enough to be quick, short enough for whoever signs in meanwhile.</summary>
    private const int AtOnce = 100;

    public static string Name => "send-notices";

    public static string Work => "Telling people of what will expire";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var policy = policies.Everywhere;
        if (policy.Passwords is { ExpiresAfter: { } expiresAfter, NoticeBefore: var before })
        {
            await TellAllAsync(NoticeKind.PasswordExpires, (now, place) => WithExpiringPassword(expiresAfter, before, now, place), cancellationToken);
        }

        if (policy.Lifecycle is { InactiveAfter: { } inactiveAfter, NoticeBefore: var notice })
        {
            await TellAllAsync(NoticeKind.BecomesInactive, (now, place) => LongUnused(inactiveAfter, notice, now, place), cancellationToken);
        }
    }

    private async Task TellAllAsync(
        NoticeKind kind, Func<DateTimeOffset, Place, IQueryable<Candidate>> find, CancellationToken cancellationToken)
    {
        var place = Place.Beginning;
        while (await find(clock.Now, place).Take(AtOnce).ToListAsync(cancellationToken) is { Count: > 0 } people)
        {
            place = new(people[^1].About, people[^1].AccountId);
            db.ChangeTracker.Clear();
            await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
            foreach (var person in people)
            {
                await TellAsync(kind, person, cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Whoever writes the row tells; who comes second finds it there.</summary>
    private async Task TellAsync(NoticeKind kind, Candidate person, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var isOurs = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "SentNotices" ("AccountId", "Kind", "About", "MadeAt")
            VALUES ({person.AccountId}, {kind.ToString()}, {db.Stored(person.About)}, {db.Stored(now)})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken) == 1;
        if (!isOurs)
        {
            return;
        }

        audit.Add(new NoticeGiven(person.AccountId, person.OrganizationId, kind));
        if (person.Email is null)
        {
            return;
        }

        var policy = policies.For(person.OrganizationId);
        switch (kind)
        {
            case NoticeKind.PasswordExpires:
                outbox.Add(new PasswordExpiresMail(
                    person.AccountId, person.Email, person.DisplayName, person.Language, person.About + policy.Passwords.ExpiresAfter!.Value, person.TimeZone));
                break;
            case NoticeKind.BecomesInactive:
                var at = NoticeRules.InactiveAt(person.About, now, policy.Lifecycle.InactiveAfter!.Value, policy.Lifecycle.NoticeBefore);
                outbox.Add(new BecomesInactiveMail(person.AccountId, person.Email, person.DisplayName, person.Language, at, person.TimeZone));
                break;
        }
    }

    /// <summary>Those that have expired already are asked for a new one at the sign-in; a mail that says "soon" would be wrong.</summary>
    private IQueryable<Candidate> WithExpiringPassword(TimeSpan expiresAfter, TimeSpan noticeBefore, DateTimeOffset now, Place place)
    {
        var (newest, oldest) = (NoticeRules.TellAbout(expiresAfter, noticeBefore, now), now - expiresAfter);
        return db.Accounts.AsNoTracking()
            .Where(account => account.PasswordSetAt <= newest && account.PasswordSetAt > oldest)
            .Where(account => account.PasswordSetAt >= place.At && (account.PasswordSetAt > place.At || account.Id > place.AccountId))
            .Where(account => account.Audience == Audience.Staff && account.DisabledAt == null && account.InactivatedAt == null)
            .Where(account => account.HomeOrganization!.DeactivatedAt == null)
            .Where(account => !account.PasswordIsTemporary && account.PasswordCompromisedAt == null)   // those are replaced sooner
            .Where(account => !db.SentNotices.Any(
                notice => notice.AccountId == account.Id && notice.Kind == NoticeKind.PasswordExpires && notice.About == account.PasswordSetAt))
            .OrderBy(account => account.PasswordSetAt).ThenBy(account => account.Id)   // on each node the same: two rounds do not wait for each other
            .Select(account => new Candidate(
                account.Id,
                account.HomeOrganizationId,
                account.PasswordSetAt,
                account.Email,
                account.GivenName + " " + account.FamilyName,
                account.Language,
                account.TimeZone ?? account.HomeOrganization!.TimeZone));
    }

    private IQueryable<Candidate> LongUnused(TimeSpan inactiveAfter, TimeSpan noticeBefore, DateTimeOffset now, Place place)
    {
        var newest = NoticeRules.TellAbout(inactiveAfter, noticeBefore, now);
        return db.AccountActivity.AsNoTracking()
            .Where(activity => activity.IdleSince <= newest)
            .Where(activity => activity.IdleSince >= place.At && (activity.IdleSince > place.At || activity.AccountId > place.AccountId))
            .Where(activity => !db.SentNotices.Any(
                notice => notice.AccountId == activity.AccountId && notice.Kind == NoticeKind.BecomesInactive && notice.About == activity.IdleSince))
            .OrderBy(activity => activity.IdleSince).ThenBy(activity => activity.AccountId)
            .Join(db.Accounts, activity => activity.AccountId, account => account.Id, (activity, account) => new { activity, account })
            .Where(pair => pair.account.DisabledAt == null && pair.account.HomeOrganization!.DeactivatedAt == null)
            .Select(pair => new Candidate(
                pair.account.Id,
                pair.account.HomeOrganizationId,
                pair.activity.IdleSince!.Value,
                pair.account.Email,
                pair.account.GivenName + " " + pair.account.FamilyName,
                pair.account.Language,
                pair.account.TimeZone ?? pair.account.HomeOrganization!.TimeZone));
    }

    private sealed record Candidate(
        Guid AccountId, Guid OrganizationId, DateTimeOffset About, string? Email, string DisplayName, string? Language, string TimeZone);
}
