using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Rules.Recovery;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.People;

/// <summary>
/// The people in somebody's reach, a page at a time: each page begins in an index where the last one ended, so that the thousandth costs what the first
/// does (S2-20).
/// </summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, by code points: it is told no culture.")]
public sealed class PeopleList(AppDbContext db, PeopleInReach people, PolicyBook policies, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>So many matches of a search are looked through: nobody reads more, and they are sorted as the list is.</summary>
    public const int MostMatches = 1000;

    private static readonly int KeysOfOne = Enum.GetValues<SearchKeyKind>().Length;

    public async Task<PeoplePage> ReadAsync(Manager manager, PeopleQuery query, CancellationToken cancellationToken, int pageSize = PageSize)
    {
        var matching = Filtered(people.Of(manager), query.Filter, manager);
        var isCut = false;
        if (SearchKeys.Fold(query.Search ?? "") is { Length: > 0 } folded)
        {
            var found = await Found(matching, folded, SignInNames.Skeleton(query.Search!.Trim())).ToListAsync(cancellationToken);
            (isCut, matching) = (found.Count > MostMatches, db.Accounts.AsNoTracking().Where(account => found.Contains(account.Id)));
        }

        var rows = await Ordered(matching, query.Order, query.After).Take(pageSize + 1).ToListAsync(cancellationToken);
        return new([.. rows.Take(pageSize)], rows.Count > pageSize, isCut);
    }

    /// <summary>By their own keys, and by the code of their organization; each once.</summary>
    private IQueryable<Guid> Found(IQueryable<Account> matching, string folded, string codeSkeleton)
    {
        var (from, to) = SearchKeys.Range(folded);
        var byKey = db.SearchKeys
            .Where(key => (key.Kind == SearchKeyKind.FamilyName || key.Kind == SearchKeyKind.GivenName
                    || key.Kind == SearchKeyKind.SignInName || key.Kind == SearchKeyKind.Email)
                && string.Compare(key.Key, from) >= 0 && string.Compare(key.Key, to) < 0)
            .Join(matching, key => key.AccountId, account => account.Id, (_, account) => account.Id)
            .Take(KeysOfOne * (MostMatches + 1));
        var byOrganization = db.Organizations
            .Where(organization => organization.CodeSkeleton.StartsWith(codeSkeleton))
            .Join(matching, organization => organization.Id, account => account.HomeOrganizationId, (_, account) => account.Id)
            .Take(MostMatches + 1);
        return byKey.Union(byOrganization);
    }

    private IQueryable<PersonRow> Ordered(IQueryable<Account> matching, PeopleOrder order, PeopleCursor? after)
    {
        var byName = db.SearchKeys.Where(key => key.Kind == (
            order == PeopleOrder.SignInName ? SearchKeyKind.SignInName : order == PeopleOrder.Email ? SearchKeyKind.Email : SearchKeyKind.FamilyName));
        var (id, text) = (after?.AccountId, after?.Key);
        var pairs = order is PeopleOrder.Newest
            ? matching
                .Where(account => id == null || account.Id.CompareTo(id.Value) < 0)
                .Join(byName, account => account.Id, key => key.AccountId, (account, key) => new { account, key })
                .OrderByDescending(pair => pair.account.Id)
            : byName
                .Where(key => id == null || string.Compare(key.Key, text) > 0 || (key.Key == text && key.AccountId.CompareTo(id.Value) > 0))
                .Join(matching, key => key.AccountId, account => account.Id, (key, account) => new { account, key })
                .OrderBy(pair => pair.key.Key).ThenBy(pair => pair.key.AccountId);
        var now = clock.Now;
        return pairs.Select(pair => new PersonRow
        {
            AccountId = pair.account.Id,
            GivenName = pair.account.GivenName,
            FamilyName = pair.account.FamilyName,
            Email = pair.account.Email,
            SignInName = db.SignInNames
                .Where(name => name.AccountId == pair.account.Id
                    && (name.Scope == pair.account.HomeOrganizationId || name.Scope == SignInName.AllUsernames || name.Scope == SignInName.AllEmailAddresses))
                .Select(name => name.Name).FirstOrDefault() ?? "",
            OrganizationCode = pair.account.HomeOrganization!.Code,
            OrganizationName = pair.account.HomeOrganization.Name,
            Roles = db.Memberships
                .Where(m => m.AccountId == pair.account.Id && m.OrganizationId == pair.account.HomeOrganizationId).Select(m => m.Roles).FirstOrDefault(),
            LastSignInAt = db.AccountActivity.Where(a => a.AccountId == pair.account.Id).Select(a => a.LastSignInCompletedAt).FirstOrDefault(),
            IsDisabled = pair.account.DisabledAt != null,
            IsInactive = pair.account.InactivatedAt != null,
            IsDeleted = pair.account.DeletedAt != null,
            IsLocked = db.SignInNames.Any(name => name.AccountId == pair.account.Id
                && db.SignInTries.Any(t => t.NameKey == name.TryKey && t.LockedUntil > now && !t.Source.StartsWith(TryKey.AnySession))),
            Key = pair.key.Key,
        });
    }

    private IQueryable<Account> Filtered(IQueryable<Account> staff, PeopleFilter filter, Manager manager)
    {
        if (filter is PeopleFilter.Deleted)
        {
            return staff.Where(account => account.DeletedAt != null);
        }

        var there = staff.Where(account => account.DeletedAt == null);
        var (policy, now) = (policies.For(manager.OrganizationId), clock.Now);
        return filter switch
        {
            PeopleFilter.All or PeopleFilter.Deleted => there,
            PeopleFilter.New => there.Where(account => db.AccountActivity.Any(a => a.AccountId == account.Id && a.LastSignInCompletedAt == null)),
            PeopleFilter.Active => there.Where(account => account.DisabledAt == null && account.InactivatedAt == null
                && !db.AccountActivity.Any(a => a.AccountId == account.Id && a.LastSignInCompletedAt == null)),
            PeopleFilter.Locked => there.Where(account => LockedNow(now, policy).Contains(account.Id)),
            PeopleFilter.HardLocked => there.Where(account => StoppedForGood(policy).Contains(account.Id)),
            PeopleFilter.Disabled => there.Where(account => account.DisabledAt != null),
            PeopleFilter.Inactive => there.Where(account => account.InactivatedAt != null),
            PeopleFilter.Expired when policy.Passwords.ExpiresAfter is not { } => there.Where(_ => false),
            PeopleFilter.Expired => there.Where(Expired(now - policy.Passwords.ExpiresAfter!.Value)),
            PeopleFilter.InvitationPending => there.Where(account => account.PasswordIsTemporary && account.DisabledAt == null
                && db.AccountActivity.Any(a => a.AccountId == account.Id && a.LastSignInCompletedAt == null)),
            PeopleFilter.NoSecondFactor => there.Where(account => !db.Factors.Any(f => f.AccountId == account.Id && f.RemovedAt == null)),
            PeopleFilter.MayEdit => there.Where(account => Editors(policy.Grants).Contains(account.Id)),
            PeopleFilter.MayOnlyView => there.Where(account => !Editors(policy.Grants).Contains(account.Id)),
        };
    }

    private static Expression<Func<Account, bool>> Expired(DateTimeOffset setBefore) =>
        account => account.PasswordSetAt <= setBefore && !account.PasswordIsTemporary && account.DisabledAt == null;

    /// <summary>Of the tries, only those can hold anybody up that are not older than the longest lock: an index finds them.</summary>
    private IQueryable<Guid> LockedNow(DateTimeOffset now, Policy policy)
    {
        var earliest = now - policy.Lock.LongestLock;
        return db.SignInTries
            .Where(t => t.LastTryAt >= earliest && t.LockedUntil > now && !t.Source.StartsWith(TryKey.AnySession))
            .Join(db.SignInNames, t => t.NameKey, name => name.TryKey, (_, name) => name.AccountId);
    }

    private IQueryable<Guid> StoppedForGood(Policy policy)
    {
        var (stop, wrong) = (policy.Lock.HardStopAfter, RecoveryRules.AnswerTries);
        return db.SignInTries
            .Where(t => t.Source == SignInTry.AnySource && t.Failures >= stop)
            .Join(db.SignInNames, t => t.NameKey, name => name.TryKey, (_, name) => name.AccountId)
            .Union(db.AnswerTries.Where(t => t.Wrong >= wrong).Select(t => t.AccountId));
    }

    /// <summary>The table of S2-01 as a query: for each type of organization, the roles that edit there.</summary>
    private IQueryable<Guid> Editors(IReadOnlyList<PermissionGrant> grants)
    {
        var byRoles =
            from role in Enum.GetValues<Roles>()
            where role is not Roles.None
            from type in PermissionRules.Where(PermissionRules.ClientEdit, role, grants)
            group role by type into ofType
            group ofType.Key by ofType.Aggregate(Roles.None, (all, role) => all | role) into ofRoles
            select (Roles: ofRoles.Key, Types: ofRoles.ToList());
        return byRoles
            .Select(one => db.Memberships
                .Where(m => m.OrganizationId == m.Account!.HomeOrganizationId && (m.Roles & one.Roles) != 0 && one.Types.Contains(m.Organization!.Type))
                .Select(m => m.AccountId))
            .DefaultIfEmpty(db.Memberships.Where(_ => false).Select(m => m.AccountId))
            .Aggregate((all, more) => all.Union(more));
    }
}
