using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public enum UnlockAccountOutcome
{
    Unlocked,

    /// <summary>No failed try is counted against it.</summary>
    WasNotLocked,
}

/// <summary>The way out of every lock, the hard stop included (S0-07, S0-08): failures are forgotten wherever they came from.</summary>
public sealed class UnlockAccount(AppDbContext db, PolicyBook policies, SignInTries tries, AuditTrail audit)
{
    public async Task<UnlockAccountOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        var typed = await db.SignInNames
            .Where(name => name.AccountId == account.Id)
            .Select(name => new { name.Account!.Audience, name.Account.HomeOrganization!.Code, name.Name })
            .SingleAsync(cancellationToken);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var identifier = SignInName.IdentifierFor(typed.Audience, policies.Everywhere.Identifier);
        if (!await tries.ForgetAsync(TryKey.NameOf(typed.Audience, identifier, typed.Code, typed.Name), cancellationToken))
        {
            return UnlockAccountOutcome.WasNotLocked;
        }

        audit.Add(new AccountUnlocked(account.Id, account.HomeOrganizationId));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return UnlockAccountOutcome.Unlocked;
    }
}
