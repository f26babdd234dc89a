using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Alarms;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.Accounts;
using Cardea.Rules.EmailAddresses;
using Cardea.Rules.OneTimeCodes;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.EmailAddresses;

public abstract record ChangeEmailOutcome
{
    public sealed record Changed : ChangeEmailOutcome;

    public sealed record WrongCode(int TriesLeft) : ChangeEmailOutcome;

    /// <summary>Too old, tried too often, replaced by a newer one, or spent.</summary>
    public sealed record NoCodeToTry : ChangeEmailOutcome;

    /// <summary>It is somebody else's name to sign in with. Only who reads that mailbox gets this far; even so, the page does not say why.</summary>
    public sealed record CannotBeUsed : ChangeEmailOutcome;

    public sealed record TooBusy : ChangeEmailOutcome;
}

/// <summary>
/// Takes the code from the mail and, when it is right, the new address (S2-07). As for passwords: a place at the gate, then the try is
/// counted and committed, then the hash, then the outcome in a transaction of its own.
/// </summary>
public sealed class ChangeEmail(
    AppDbContext db,
    PolicyBook policies,
    HashingGate hashing,
    RememberedDevices devices,
    FindablePeople findable,
    AlarmNotices alarms,
    Outbox outbox,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <param name="language">Of the page, so that the mail to the former address speaks as it did.</param>
    public async Task<ChangeEmailOutcome> RunAsync(SignedInPerson person, string code, string language, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new ChangeEmailOutcome.TooBusy();
        }

        if (await CountTryAsync(person, cancellationToken) is not { } tried)
        {
            return new ChangeEmailOutcome.NoCodeToTry();
        }

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        return (await place.VerifyAsync(code, tried.CodeHash)).Matches
            ? await TakeAsync(person, tried, language)
            : await RefuseAsync(person, tried);
    }

    /// <summary>In one statement, before the code is looked at: no number of parallel guesses gets past the limit. Null when there is none to try.</summary>
    private async Task<EmailChange?> CountTryAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var oldest = clock.Now - OneTimeCodeRules.Lifetime;
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var counted = await db.EmailChanges
            .Where(change => change.SessionId == person.SessionId && change.Tries < OneTimeCodeRules.Tries && change.SentAt > oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.Tries, change => change.Tries + 1), cancellationToken);
        var tried = counted == 1
            ? await db.EmailChanges.AsNoTracking().SingleAsync(change => change.SessionId == person.SessionId, cancellationToken)
            : null;
        await write.CommitAsync(cancellationToken);
        return tried;
    }

    private async Task<ChangeEmailOutcome> RefuseAsync(SignedInPerson person, EmailChange tried)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        audit.Add(new EmailCodeRefused(person.AccountId, person.SessionId, tried.Tries));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new ChangeEmailOutcome.WrongCode(OneTimeCodeRules.Tries - tried.Tries);
    }

    private async Task<ChangeEmailOutcome> TakeAsync(SignedInPerson person, EmailChange tried, string language)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await db.TakeTurnAsync(person.AccountId, CancellationToken.None);
        var spent = await db.EmailChanges
            .Where(change => change.SessionId == person.SessionId && change.CodeHash == tried.CodeHash)
            .ExecuteDeleteAsync(CancellationToken.None);
        if (spent == 0)
        {
            return new ChangeEmailOutcome.NoCodeToTry();
        }

        var folded = EmailAddressRules.Folded(tried.NewAddress);
        var former = await db.Accounts.Where(account => account.Id == person.AccountId).Select(account => account.Email).SingleAsync(CancellationToken.None);
        await db.Accounts
            .Where(account => account.Id == person.AccountId)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(account => account.Email, tried.NewAddress)
                    .SetProperty(account => account.NormalizedEmail, folded)
                    .SetProperty(account => account.EmailConfirmedAt, now)
                    .SetProperty(account => account.EmailRefusedAt, (DateTimeOffset?)null),
                CancellationToken.None);
        if (policies.For(person.OrganizationId).Identifier is IdentifierKind.EmailAddress)
        {
            await RenameAsync(person, folded);
        }

        await db.SentCodes   // they went to the former address
            .Where(code => code.AccountId == person.AccountId && code.Kind == FactorKinds.Email).ExecuteDeleteAsync(CancellationToken.None);
        await db.CallerCodes.Where(code => code.AccountId == person.AccountId).ExecuteDeleteAsync(CancellationToken.None);
        await devices.ForgetAllAsync(person.AccountId, CancellationToken.None);
        if (former is not null)
        {
            var secret = alarms.NewLink(person.AccountId);
            outbox.Add(new EmailChangedMail(person.AccountId, former, person.DisplayName, language, tried.NewAddress, now, person.TimeZone, secret));
        }

        audit.Add(new EmailChanged(person.AccountId));
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(SignInNameConfiguration.Table))
        {
            return new ChangeEmailOutcome.CannotBeUsed();
        }

        await findable.RefreshAsync(person.AccountId, CancellationToken.None);
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new ChangeEmailOutcome.Changed();
    }

    /// <summary>Where people sign in with their address, the name follows it.</summary>
    private async Task RenameAsync(SignedInPerson person, string folded)
    {
        var name = await db.SignInNames.SingleAsync(
            name => name.AccountId == person.AccountId && name.Scope == SignInName.AllEmailAddresses, CancellationToken.None);
        name.Name = folded;
        name.Skeleton = SignInNames.Skeleton(folded);
    }
}
