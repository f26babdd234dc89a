using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Lifecycle;

public abstract record ReactivateAccountOutcome
{
    /// <param name="TemporaryPassword">To be shown once; only its hash is kept.</param>
    public sealed record Reactivated(string SignInName, string TemporaryPassword) : ReactivateAccountOutcome
    {
        /// <summary>Without the password.</summary>
        public override string ToString() => nameof(Reactivated);
    }

    public sealed record ReasonRefused(PlainLineRefusal Refusal) : ReactivateAccountOutcome;

    public sealed record WasNotInactive : ReactivateAccountOutcome;

    public sealed record IsDisabled : ReactivateAccountOutcome;

    public sealed record TooBusy : ReactivateAccountOutcome;
}

/// <summary>Opens an inactive account again, by somebody with the right to and for a reason, with a new temporary password (S2-19).</summary>
public sealed class ReactivateAccount(
    AppDbContext db,
    PeopleInReach people,
    TemporaryPasswords passwords,
    PasswordsOnFile onFile,
    HashingGate hashing,
    Outbox outbox,
    AuditTrail audit,
    TimeProvider clock)
{
    public const int ReasonMaxLength = 200;

    public async Task<ReactivateAccountOutcome> RunAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        if (PlainLine.Check(reason, ReasonMaxLength) is { } refusal)
        {
            return new ReactivateAccountOutcome.ReasonRefused(refusal);
        }

        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ReactivateAccountOutcome.TooBusy();
        }

        var owner = await db.FindHelpedPersonAsync(account, cancellationToken);
        var password = await passwords.NewAsync(owner.Words, cancellationToken);
        var hash = await place.HashAsync(password);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        var reactivated = await db.Accounts
            .Where(a => a.Id == account.Id && a.InactivatedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.InactivatedAt, (DateTimeOffset?)null), cancellationToken);
        if (reactivated == 0)
        {
            return new ReactivateAccountOutcome.WasNotInactive();
        }

        if (!await onFile.ReplaceAsync(account.Id, account.HomeOrganizationId, provenSetAt: null, hash, isTemporary: true, cancellationToken))
        {
            return new ReactivateAccountOutcome.IsDisabled();
        }

        await db.AccountActivity
            .Where(activity => activity.AccountId == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(activity => activity.IdleSince, (DateTimeOffset?)now), cancellationToken);
        if (owner.Email is { } email)
        {
            outbox.Add(new ReactivatedMail(account.Id, email, owner.DisplayName, owner.Language, now));
        }

        audit.Add(new AccountReactivated(account.Id, account.HomeOrganizationId, reason));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new ReactivateAccountOutcome.Reactivated(owner.SignInName, password);
    }
}
