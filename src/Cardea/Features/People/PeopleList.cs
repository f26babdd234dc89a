using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Organizations;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;
using Cardea.Rules.Recovery;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

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
        if (SearchKeys.Fold(query.Search ?? "") is not { Length: > 0 } folded)
        {
            var isWalk = manager.Reach is Reach.Everybody && AreMany(query.Filter);
            var page = await Rows(Ordered(matching, query.Order, query.After, isWalk, pageSize + 1)).ToListAsync(cancellationToken);
            return new([.. page.Take(pageSize)], page.Count > pageSize, IsCut: false);
        }

        // So few that they are sorted here: a database would rather walk through all people in that order, looking for them.
        var found = await Found(matching, query.Order, folded, SignInNames.Skeleton(query.Search!.Trim())).ToListAsync(cancellationToken);
        var ordered = InOrder(found, query.Order, query.After).Take(pageSize + 1).ToList();
        var ids = ordered.Take(pageSize).Select(one => one.AccountId).ToList();
        var rows = (await Rows(KeysOf(query.Order).Where(key => ids.Contains(key.AccountId))
                .Join(db.Accounts.AsNoTracking(), key => key.AccountId, account => account.Id, (key, account) => new Pair { Account = account, Key = key.Key }))
            .ToListAsync(cancellationToken)).ToDictionary(row => row.AccountId);
        return new([.. ids.Where(rows.ContainsKey).Select(id => rows[id])], ordered.Count > pageSize, found.Count > MostMatches);
    }

    private static IEnumerable<PeopleCursor> InOrder(IEnumerable<PeopleCursor> found, PeopleOrder order, PeopleCursor? after)
    {
        var byKey = Comparer<PeopleCursor>.Create((one, other) =>
            string.CompareOrdinal(one.Key, other.Key) is var byText and not 0 ? byText : one.AccountId.CompareTo(other.AccountId));
        var byAge = Comparer<PeopleCursor>.Create((one, other) => other.AccountId.CompareTo(one.AccountId));
        var comparer = order is PeopleOrder.Newest ? byAge : byKey;
        return found.Order(comparer).SkipWhile(one => after is not null && comparer.Compare(one, after) <= 0);
    }

    /// <summary>By their own keys, and by the code of their organization; each once.</summary>
    private IQueryable<PeopleCursor> Found(IQueryable<Account> matching, PeopleOrder order, string folded, string codeSkeleton)
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
        return byKey.Union(byOrganization)
            .Take(MostMatches + 1)
            .Join(KeysOf(order), id => id, key => key.AccountId, (id, key) => new PeopleCursor(key.Key, id));
    }

    private IQueryable<SearchKey> KeysOf(PeopleOrder order)
    {
        var kind = order switch
        {
            PeopleOrder.SignInName => SearchKeyKind.SignInName,
            PeopleOrder.Email => SearchKeyKind.Email,
            PeopleOrder.Name or PeopleOrder.Newest => SearchKeyKind.FamilyName,
        };
        return db.SearchKeys.Where(key => key.Kind == kind);
    }

    /// <summary>
    /// Where nearly everybody matches, the order is walked along until a page is full. Where few do, they are found first and then sorted. SQLite, which
    /// does not think of how few rows are wanted, would choose the other way round.
    /// </summary>
    private IQueryable<Pair> Ordered(IQueryable<Account> matching, PeopleOrder order, PeopleCursor? after, bool isWalk, int count)
    {
        var (id, text) = (after?.AccountId, after?.Key);
        if (order is PeopleOrder.Newest)
        {
            return matching
                .Where(account => id == null || account.Id.CompareTo(id.Value) < 0)
                .OrderByDescending(account => account.Id)
                .Join(KeysOf(order), account => account.Id, key => key.AccountId, (account, key) => new Pair { Account = account, Key = key.Key })
                .OrderByDescending(pair => pair.Account.Id)
                .Take(count);
        }

        var keys = KeysOf(order).AsNoTracking()
            .Where(key => id == null || string.Compare(key.Key, text) > 0 || (key.Key == text && key.AccountId.CompareTo(id.Value) > 0));
        return isWalk
            ? keys
                .Where(key => matching.Any(account => account.Id == key.AccountId))
                .OrderBy(key => key.Key).ThenBy(key => key.AccountId)
                .Take(count)
                .Select(key => new Pair { Account = key.Account!, Key = key.Key })
            : keys
                .Join(matching, key => key.AccountId, account => account.Id, (key, account) => new { account, key })
                .OrderBy(pair => pair.key.Key).ThenBy(pair => pair.key.AccountId)
                .Take(count)
                .Select(pair => new Pair { Account = pair.account, Key = pair.key.Key });
    }

    private static bool AreMany(PeopleFilter filter) =>
        filter is PeopleFilter.All or PeopleFilter.Active or PeopleFilter.NoSecondFactor or PeopleFilter.MayEdit or PeopleFilter.MayOnlyView;

    private IQueryable<PersonRow> Rows(IQueryable<Pair> pairs)
    {
        var now = clock.Now;
        return pairs.Select(pair => new PersonRow
        {
            AccountId = pair.Account.Id,
            GivenName = pair.Account.GivenName,
            FamilyName = pair.Account.FamilyName,
            Email = pair.Account.Email,
            SignInName = db.SignInNames
                .Where(name => name.AccountId == pair.Account.Id
                    && (name.Scope == pair.Account.HomeOrganizationId || name.Scope == SignInName.AllUsernames || name.Scope == SignInName.AllEmailAddresses))
                .Select(name => name.Name).FirstOrDefault() ?? "",
            OrganizationCode = pair.Account.HomeOrganization!.Code,
            OrganizationName = pair.Account.HomeOrganization.Name,
            Roles = db.Memberships
                .Where(m => m.AccountId == pair.Account.Id && m.OrganizationId == pair.Account.HomeOrganizationId).Select(m => m.Roles).FirstOrDefault(),
            LastSignInAt = db.AccountActivity.Where(a => a.AccountId == pair.Account.Id).Select(a => a.LastSignInCompletedAt).FirstOrDefault(),
            IsDisabled = pair.Account.DisabledAt != null,
            IsInactive = pair.Account.InactivatedAt != null,
            IsDeleted = pair.Account.DeletedAt != null,
            IsLocked = db.SignInNames.Any(name => name.AccountId == pair.Account.Id
                && db.SignInTries.Any(t => t.NameKey == name.TryKey && t.LockedUntil > now && !t.Source.StartsWith(TryKey.AnySession))),
            Key = pair.Key,
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
            PeopleFilter.New => there.Where(account => db.AccountActivity
                .Where(a => a.LastSignInCompletedAt == null).Select(a => a.AccountId).Contains(account.Id)),
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
            PeopleFilter.MayEdit => there.Where(account => db.Memberships
                .Where(m => m.AccountId == account.Id && m.OrganizationId == account.HomeOrganizationId).Any(Edits(policy.Grants))),
            PeopleFilter.MayOnlyView => there.Where(account => !db.Memberships
                .Where(m => m.AccountId == account.Id && m.OrganizationId == account.HomeOrganizationId).Any(Edits(policy.Grants))),
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

    /// <summary>The table of S2-01 as a condition: at each type of organization, one of the roles that edit there.</summary>
    private static Expression<Func<Membership, bool>> Edits(IReadOnlyList<PermissionGrant> grants)
    {
        var byRoles =
            from role in Enum.GetValues<Roles>()
            where role is not Roles.None
            from type in PermissionRules.Where(PermissionRules.ClientEdit, role, grants)
            group role by type into ofType
            group ofType.Key by ofType.Aggregate(Roles.None, (all, role) => all | role) into ofRoles
            select At(ofRoles.Key, [.. ofRoles]);
        Expression<Func<Membership, bool>> nobody = _ => false;
        return byRoles.Aggregate(nobody, (all, one) => Expression.Lambda<Func<Membership, bool>>(
            Expression.OrElse(all.Body, ReplacingExpressionVisitor.Replace(one.Parameters[0], all.Parameters[0], one.Body)), all.Parameters));

        static Expression<Func<Membership, bool>> At(Roles roles, List<OrganizationType> types) =>
            m => (m.Roles & roles) != 0 && types.Contains(m.Organization!.Type);
    }

    private sealed class Pair
    {
        public required Account Account { get; init; }

        public required string Key { get; init; }
    }
}
