using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.EmailAddresses;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.EmailAddresses;

public abstract record ConfirmEmailOutcome
{
    public sealed record Confirmed : ConfirmEmailOutcome;

    /// <summary>Somebody has changed it since the person was asked: they have not seen what they would confirm.</summary>
    public sealed record AnotherIsOnFile : ConfirmEmailOutcome;
}

/// <summary>A person says that the address on file is the one they work with (S2-07).</summary>
public sealed class ConfirmEmail(AppDbContext db, AuditTrail audit, TimeProvider clock)
{
    public async Task<ConfirmEmailOutcome> RunAsync(SignedInPerson person, string addressShown, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);

        var onFile = await db.Accounts
            .Where(account => account.Id == person.AccountId)
            .Select(account => new { account.NormalizedEmail, account.EmailConfirmedAt })
            .SingleAsync(cancellationToken);
        if (onFile.NormalizedEmail != EmailAddressRules.Folded(addressShown))
        {
            return new ConfirmEmailOutcome.AnotherIsOnFile();
        }

        if (onFile.EmailConfirmedAt == person.Standing.EmailConfirmedAt)   // else a double click, or a second tab, was first
        {
            await db.Accounts
                .Where(account => account.Id == person.AccountId)
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.EmailConfirmedAt, clock.Now), cancellationToken);
            await db.EmailChanges.Where(change => change.SessionId == person.SessionId).ExecuteDeleteAsync(cancellationToken);
            audit.Add(new EmailConfirmed(person.AccountId));
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        return new ConfirmEmailOutcome.Confirmed();
    }
}
