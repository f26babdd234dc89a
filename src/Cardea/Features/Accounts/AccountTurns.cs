using Cardea.Data;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public static class AccountTurns
{
    extension(AppDbContext db)
    {
        /// <summary>
        /// From here to the end of the transaction the acts of one person take turns, on PostgreSQL as on SQLite with its one writer: of a
        /// double click, the second sees what the first has done. Rows of tries (SignInTries) are locked before the account's, all others after it: in
        /// another order two transactions could wait for each other.
        /// </summary>
        public Task TakeTurnAsync(Guid accountId, CancellationToken cancellationToken) =>
            db.Accounts
                .Where(account => account.Id == accountId)
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.CreatedAt, account => account.CreatedAt), cancellationToken);
    }
}
