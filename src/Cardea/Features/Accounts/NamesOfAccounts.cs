using Cardea.Data;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>
/// Whoever works for further organizations may have a name in each of them, where names belong to organizations. They are one person all the same: known by
/// the name at home, and held up or let in by tries at all of them.
/// </summary>
public static class NamesOfAccounts
{
    extension(AppDbContext db)
    {
        /// <summary>One for each account.</summary>
        public IQueryable<SignInName> HomeNames() => db.SignInNames.Where(name => name.Scope == name.Account!.HomeOrganizationId
            || name.Scope == SignInName.AllUsernames || name.Scope == SignInName.AllEmailAddresses || name.Scope == SignInName.AllPatients);

        /// <summary>Under which tries at any name of the account are counted; in one order for everybody, so that no two transactions wait for each other.</summary>
        public async Task<IReadOnlyList<byte[]>> TryKeysOfAsync(Guid accountId, CancellationToken cancellationToken) =>
            await db.SignInNames
                .Where(name => name.AccountId == accountId && name.TryKey != null).OrderBy(name => name.Id).Select(name => name.TryKey!)
                .ToListAsync(cancellationToken);
    }
}
