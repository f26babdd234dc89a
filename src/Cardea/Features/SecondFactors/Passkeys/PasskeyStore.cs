using Cardea.Data;
using Cardea.Features.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>
/// The passkeys as Identity's handler sees them. There a person is known by their subject, because that is what authenticators keep and show
/// to whoever asks: never an id of the database or an address. A passkey counts only as long as its factor works.
/// </summary>
public sealed class PasskeyStore(AppDbContext db) : UserOnlyStore<Account, AppDbContext, Guid>(db)
{
    public override Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken = default) => Task.FromResult(user.UserName!);

    public override async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken = default) =>
        userId.All(char.IsAsciiLetterOrDigit)   // an authenticator may send anything at all, NUL included, which PostgreSQL does not take
            ? await Context.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedUserName == userId, cancellationToken)
            : null;

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken = default)
    {
        var working = await Working(user).Select(f => f.CredentialId!).ToListAsync(cancellationToken);
        return [.. (await base.GetPasskeysAsync(user, cancellationToken)).Where(passkey => working.Any(id => id.AsSpan().SequenceEqual(passkey.CredentialId)))];
    }

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken = default)
    {
        if (!await Working(user).AnyAsync(f => f.CredentialId == credentialId, cancellationToken))
        {
            return null;
        }

        var passkey = await base.FindPasskeyAsync(user, credentialId, cancellationToken);
        passkey?.SignCount = 0;   // the handler reads and compares; PasskeyRecords.UseAsync does both in one statement, and knows that it was the count
        return passkey;
    }

    private IQueryable<Factor> Working(Account user) =>
        Context.Factors.Where(f => f.AccountId == user.Id && f.CredentialId != null && f.RemovedAt == null && f.BlockedAt == null);
}
