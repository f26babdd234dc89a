using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Rules;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Passwords;

public abstract record FlagCompromisedPasswordOutcome
{
    public sealed record Flagged : FlagCompromisedPasswordOutcome;

    public sealed record WasFlaggedBefore : FlagCompromisedPasswordOutcome;

    /// <summary>By its owner or somebody who helps them, at this very moment: nothing is known against the new one.</summary>
    public sealed record WasJustReplaced : FlagCompromisedPasswordOutcome;

    public sealed record ReasonRefused(PlainLineRefusal Refusal) : FlagCompromisedPasswordOutcome;
}

/// <summary>
/// Marks a password that became known, or may have become known, to somebody else (N-04). Whoever is signed in to the account is out at once
/// its devices are believed no more, its owner is told, and whoever signs in next chooses a new one before anything else.
/// </summary>
public sealed class FlagCompromisedPassword(
    AppDbContext db, SessionStore sessions, RememberedDevices devices, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    public const int ReasonMaxLength = 200;

    public async Task<FlagCompromisedPasswordOutcome> RunAsync(FoundAccount account, string reason, CancellationToken cancellationToken)
    {
        if (PlainLine.Check(reason, ReasonMaxLength) is { } refusal)
        {
            return new FlagCompromisedPasswordOutcome.ReasonRefused(refusal);
        }

        var owner = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == account.Id, cancellationToken);
        if (owner.PasswordCompromisedAt is not null)
        {
            return new FlagCompromisedPasswordOutcome.WasFlaggedBefore();
        }

        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        if (!await TryFlagAsync(owner, now, cancellationToken))
        {
            return await db.Accounts.AnyAsync(a => a.Id == account.Id && a.PasswordCompromisedAt != null, cancellationToken)
                ? new FlagCompromisedPasswordOutcome.WasFlaggedBefore()
                : new FlagCompromisedPasswordOutcome.WasJustReplaced();
        }

        var ended = await sessions.EndAllAsync(account.Id, butSession: null, SessionEnd.PasswordCompromised, cancellationToken);
        await devices.ForgetAllAsync(account.Id, cancellationToken);
        if (owner.Email is { } email)
        {
            outbox.Add(new PasswordCompromisedMail(account.Id, email, owner.DisplayName, owner.Language, now));
        }

        audit.Add(new PasswordFlagged(account.Id, account.HomeOrganizationId, ended, reason));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new FlagCompromisedPasswordOutcome.Flagged();
    }

    /// <summary>The one that was on file when this began: what replaces it meanwhile is not meant.</summary>
    private async Task<bool> TryFlagAsync(Account owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Accounts
            .Where(a => a.Id == owner.Id && a.PasswordSetAt == owner.PasswordSetAt && a.PasswordCompromisedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordCompromisedAt, (DateTimeOffset?)now), cancellationToken) == 1;
}
