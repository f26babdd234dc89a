using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Shared;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Lifecycle;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Organizations;

/// <summary>The staff of an organization in numbers. Whoever is disabled counts as nothing else.</summary>
/// <param name="All">Without deleted accounts.</param>
/// <param name="PasswordExpires">Null where passwords do not.</param>
public sealed record PeopleInFigures(
    int All, int SignedInThisMonth, int LockedNow, int? PasswordExpires, int WithoutSecondFactor, int Inactive, int Disabled);

public sealed class CountPeople(AppDbContext db, PolicyBook policies, TimeProvider clock)
{
    /// <param name="timeZone">In which a month begins.</param>
    public async Task<PeopleInFigures> RunAsync(Guid organizationId, string timeZone, CancellationToken cancellationToken)
    {
        var (now, policy) = (clock.Now, policies.For(organizationId));
        var (month, latestLock) = (BeginningOfMonth(now, timeZone), LockRules.LatestEnd(policy.Lock, now));
        var expiresAfter = policy.Passwords.ExpiresAfter;
        var (expired, expiresSoon) = expiresAfter is { } after
            ? (now - after, NoticeRules.TellAbout(after, policy.Passwords.NoticeBefore, now))
            : (now, now);

        var figures = await db.Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == organizationId && m.Account!.Audience == Audience.Staff && m.Account.DeletedAt == null)
            .Select(m => new
            {
                IsOpen = m.Account!.DisabledAt == null,
                m.Account.InactivatedAt,
                IsExpiring = !m.Account.PasswordIsTemporary && m.Account.PasswordSetAt > expired && m.Account.PasswordSetAt <= expiresSoon,
                SignedIn = db.AccountActivity.Any(a => a.AccountId == m.AccountId && a.LastSignInCompletedAt >= month),
                HasFactor = db.Factors.Any(f => f.AccountId == m.AccountId && f.RemovedAt == null),
                IsLocked = db.SignInNames.Any(name => name.AccountId == m.AccountId
                    && db.SignInTries.Any(t => t.NameKey == name.TryKey && t.LockedUntil > now && t.LockedUntil <= latestLock
                        && !t.Source.StartsWith(TryKey.AnySession))),
            })
            .GroupBy(person => 1)
            .Select(people => new PeopleInFigures(
                people.Count(),
                people.Count(person => person.IsOpen && person.SignedIn),
                people.Count(person => person.IsOpen && person.IsLocked),
                people.Count(person => person.IsOpen && person.InactivatedAt == null && person.IsExpiring),
                people.Count(person => person.IsOpen && !person.HasFactor),
                people.Count(person => person.IsOpen && person.InactivatedAt != null),
                people.Count(person => !person.IsOpen)))
            .SingleOrDefaultAsync(cancellationToken) ?? new(0, 0, 0, 0, 0, 0, 0);
        return expiresAfter is null ? figures with { PasswordExpires = null } : figures;
    }

    private static DateTimeOffset BeginningOfMonth(DateTimeOffset now, string timeZone)
    {
        var local = LocalTime.Of(now, timeZone);
        var midnight = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(midnight, LocalTime.ZoneOf(timeZone).GetUtcOffset(midnight)).ToUniversalTime();
    }
}
