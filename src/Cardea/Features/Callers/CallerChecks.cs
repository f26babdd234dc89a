using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.People;
using Cardea.Features.Sessions;
using Cardea.Rules.Permissions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Callers;

/// <summary>Whether a helper knows whom they are talking to: asked by each page that opens an account, and once more when its form is sent.</summary>
public sealed class CallerChecks(AppDbContext db, TimeProvider clock)
{
    /// <summary>True also for those who need no code: people of the own organization.</summary>
    public async Task<bool> MayOpenAsync(SignedInPerson helper, PersonInReach person, CancellationToken cancellationToken) =>
        !CallerRules.MustBeChecked(person.Account.By!, person.Facts) || await EndOfAsync(helper, person.Account.Id, cancellationToken) is not null;

    /// <summary>Until when the check holds; null without one.</summary>
    public async Task<DateTimeOffset?> EndOfAsync(SignedInPerson helper, Guid accountId, CancellationToken cancellationToken)
    {
        var oldest = clock.Now - CallerRules.CheckHoldsFor;
        var checkedAt = await db.CallerChecks
            .Where(check => check.AccountId == accountId && check.SessionId == helper.SessionId && check.CheckedAt > oldest)
            .Select(check => (DateTimeOffset?)check.CheckedAt).SingleOrDefaultAsync(cancellationToken);
        return checkedAt + CallerRules.CheckHoldsFor;
    }

    /// <summary>Part of the caller's transaction, in the account's turn.</summary>
    public async Task AddAsync(SignedInPerson helper, Guid accountId, CancellationToken cancellationToken)
    {
        await db.CallerChecks.Where(check => check.AccountId == accountId && check.SessionId == helper.SessionId).ExecuteDeleteAsync(cancellationToken);
        db.CallerChecks.Add(new CallerCheck { AccountId = accountId, SessionId = helper.SessionId, CheckedAt = clock.Now });
    }
}
