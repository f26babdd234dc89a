using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

public abstract record GiveNewPasswordOutcome
{
    /// <param name="TemporaryPassword">To be shown once; only its hash is kept.</param>
    public sealed record Given(string SignInName, string TemporaryPassword) : GiveNewPasswordOutcome
    {
        /// <summary>Without the password: outcomes end up in logs and messages of failed tests.</summary>
        public override string ToString() => nameof(Given);
    }

    public sealed record IsDisabled : GiveNewPasswordOutcome;

    /// <summary>A password would not help: it must be reactivated, for a reason (S2-19).</summary>
    public sealed record IsInactive : GiveNewPasswordOutcome;

    public sealed record TooBusy : GiveNewPasswordOutcome;
}

/// <summary>
/// A new temporary password for somebody whose own is lost, or whose temporary one has expired (S2-03). Whoever is signed in to the account is
/// out, and its owner is told by mail, without the password.
/// </summary>
public sealed class GiveNewPassword(
    AppDbContext db,
    PeopleInReach people,
    TemporaryPasswords passwords,
    PasswordsOnFile onFile,
    HashingGate hashing,
    SessionStore sessions,
    Outbox outbox,
    AuditTrail audit,
    TimeProvider clock)
{
    public async Task<GiveNewPasswordOutcome> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new GiveNewPasswordOutcome.TooBusy();
        }

        var owner = await db.FindHelpedPersonAsync(account, cancellationToken);
        if (owner.IsInactive)
        {
            return new GiveNewPasswordOutcome.IsInactive();
        }

        var password = await passwords.NewAsync(owner.Words, cancellationToken);
        var hash = await place.HashAsync(password);
        var now = clock.Now;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await people.HoldAsync(account, cancellationToken);
        if (!await onFile.ReplaceAsync(account.Id, account.HomeOrganizationId, provenSetAt: null, hash, isTemporary: true, cancellationToken))
        {
            return new GiveNewPasswordOutcome.IsDisabled();
        }

        var ended = await sessions.EndAllAsync(account.Id, butSession: null, SessionEnd.PasswordChanged, cancellationToken);
        if (owner.Email is { } email)
        {
            outbox.Add(new NewPasswordMail(account.Id, email, owner.DisplayName, owner.Language, now));
        }

        audit.Add(new NewPasswordGiven(account.Id, account.HomeOrganizationId, ended));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new GiveNewPasswordOutcome.Given(owner.SignInName, password);
    }
}
