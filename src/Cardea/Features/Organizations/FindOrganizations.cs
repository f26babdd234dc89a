using Cardea.Data;
using Cardea.Rules.Accounts;
using Cardea.Rules.Organizations;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Organizations;

public enum OrganizationFilter
{
    Active,
    Deactivated,

    /// <summary>Active ones whose data-use agreement ends soon, or is over.</summary>
    AgreementEnds,

    All,
}

/// <param name="Search">What a code, or a word of a name, begins with; null for everything.</param>
/// <param name="After">The code that ended the page before this one; null for the first.</param>
public sealed record OrganizationsWanted(string? Search, OrganizationFilter Filter, string? After, int Count);

public sealed record FoundOrganization(Guid Id, string Code, string Name, OrganizationType Type, DateOnly? AgreementUntil, bool IsActive)
{
    /// <summary>Nobody waits for the agreement of one that is deactivated.</summary>
    public DataUseAgreementState Agreement { get; init; }
}

/// <summary>Lists organizations by code, a page at a time.</summary>
public sealed class FindOrganizations(AppDbContext db, IOptions<OrganizationSettings> settings)
{
    private const int LongestSearch = 100;

    /// <param name="today">Where the reader is.</param>
    public async Task<IReadOnlyList<FoundOrganization>> RunAsync(OrganizationsWanted wanted, DateOnly today, CancellationToken cancellationToken)
    {
        var noticeDays = settings.Value.AgreementNoticeBefore.Days;
        var latest = DataUseAgreementRules.LatestToTellOf(today, noticeDays);
        var rows = wanted.Filter switch
        {
            OrganizationFilter.Active => db.Organizations.Where(o => o.DeactivatedAt == null),
            OrganizationFilter.Deactivated => db.Organizations.Where(o => o.DeactivatedAt != null),
            OrganizationFilter.AgreementEnds => db.Organizations.Where(o => o.DeactivatedAt == null && o.AgreementUntil <= latest),
            OrganizationFilter.All => db.Organizations,
        };
        if (wanted.After is { } after)
        {
            rows = rows.Where(o => o.Code.CompareTo(after) > 0);
        }

        var inOrder = rows.AsNoTracking().OrderBy(o => o.Code)
            .Select(o => new FoundOrganization(o.Id, o.Code, o.Name, o.Type, o.AgreementUntil, o.DeactivatedAt == null));
        var found = string.IsNullOrWhiteSpace(wanted.Search)
            ? await inOrder.Take(wanted.Count).ToListAsync(cancellationToken)
            : await SearchAsync(inOrder, wanted.Search.Trim(), wanted.Count, cancellationToken);
        return [.. found.Select(row => row with { Agreement = row.IsActive ? DataUseAgreementRules.Decide(row.AgreementUntil, today, noticeDays) : default })];
    }

    /// <summary>There are some thousands at most: they are read in their order until the page is full, and compared as people's names are.</summary>
    private static async Task<List<FoundOrganization>> SearchAsync(
        IQueryable<FoundOrganization> inOrder, string typed, int count, CancellationToken cancellationToken)
    {
        var found = new List<FoundOrganization>();
        var folded = SearchKeys.Fold(typed.Length <= LongestSearch ? typed : typed[..LongestSearch]);
        await foreach (var row in inOrder.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (row.Code.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                || (folded.Length > 0 && $" {SearchKeys.Fold(row.Name)}".Contains($" {folded}", StringComparison.Ordinal)))
            {
                found.Add(row);
                if (found.Count == count)
                {
                    break;
                }
            }
        }

        return found;
    }
}
