using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum DeleteAccountOutcome
{
    Deleted,
    WasDeletedBefore,

    /// <summary>X-05.</summary>
    IsLastOperator,

    /// <summary>X-05.</summary>
    IsLastAdministrator,
}

/// <summary>
/// Takes somebody who is no longer here out of sight, and shuts the account at once. It stays on file: the audit trail speaks of it, its name must not
/// go to somebody else, and mistakes are put right by <see cref="RestoreAccount"/>.
/// </summary>
public sealed class DeleteAccount(
    AppDbContext db, PeopleInReach people, PolicyBook policies, SessionStore sessions, TellOwner tellOwner, AuditTrail audit, TimeProvider clock)
{
    public async Task<DeleteAccountOutcome> RunAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var temporarySince = now - policies.For(account.HomeOrganizationId).Passwords.TemporaryLivesFor;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (await db.IsLastUsableOperatorAsync(account.Id, temporarySince, cancellationToken))
        {
            return DeleteAccountOutcome.IsLastOperator;
        }

        if (await db.IsLastUsableAdministratorAsync(account.Id, account.HomeOrganizationId, temporarySince, cancellationToken))
        {
            return DeleteAccountOutcome.IsLastAdministrator;
        }

        await people.HoldAsync(account, cancellationToken);
        var deleted = await db.Accounts
            .Where(a => a.Id == account.Id && a.DeletedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DeletedAt, now).SetProperty(a => a.DisabledAt, a => a.DisabledAt ?? now), cancellationToken);
        if (deleted == 0)
        {
            return DeleteAccountOutcome.WasDeletedBefore;
        }

        var ended = await sessions.EndAllAsync(account.Id, butSession: null, SessionEnd.AccountDisabled, cancellationToken);
        audit.Add(new AccountDeleted(account.Id, account.HomeOrganizationId, ended, reason));
        await tellOwner.ThatAsync(HelpGiven.Deleted, account, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return DeleteAccountOutcome.Deleted;
    }
}
