using System.Diagnostics;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Devices;
using Cardea.Features.Sessions;
using Cardea.Features.SignIn.Journey;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Passwords;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn;

/// <param name="Audience">Whose names are looked through: there is no way from one side to the other.</param>
/// <param name="OrganizationCode">Null where the policy does not ask for it.</param>
/// <param name="Name">Username or email address, as typed.</param>
/// <param name="FormId">The one-time id of the form: sent again, it leads to the session it made (S0-04).</param>
/// <param name="DeviceSecret">From the device cookie, if there is one.</param>
/// <param name="RememberedSecret">From the cookie of a device that is remembered, if there is one (S1-08).</param>
/// <param name="Replaces">The session that this browser had until now.</param>
public sealed record SignInRequest(
    Audience Audience,
    string? OrganizationCode,
    string Name,
    string Password,
    string FormId,
    string? DeviceSecret,
    string? RememberedSecret,
    string Address,
    string Network,
    string UserAgent,
    SignedInPerson? Replaces);

public abstract record SignInOutcome
{
    /// <param name="Due">The step that is due first, to which the person is led without a detour; null where none is, or nobody has looked.</param>
    public sealed record SignedIn(string SessionSecret, string DeviceSecret, JourneyStep? Due) : SignInOutcome;

    public sealed record InvalidCredentials : SignInOutcome;

    public sealed record Locked(int Minutes) : SignInOutcome;

    public sealed record HardLocked : SignInOutcome;

    public sealed record TemporaryPasswordTooOld : SignInOutcome;

    /// <summary>Only ever said to whoever has the right password (S2-19).</summary>
    public sealed record Inactive : SignInOutcome;

    public sealed record TooBusy : SignInOutcome;
}

/// <summary>
/// Checks a name and a password. Whatever is wrong, the same statements run, one hash is computed and one answer given (S0-05). The order is
/// always: a place at the gate, then the try is counted and committed, then the hash, then the outcome in a transaction of its own.
/// </summary>
public sealed class SignInWithPassword(
    AppDbContext db,
    PolicyBook policies,
    NamedAccounts accounts,
    SignInTries tries,
    LastOperator lastOperator,
    Barred barred,
    HashingGate hashing,
    CommonPasswords common,
    BeginSession beginSession,
    RememberedDevices devices,
    SessionStore sessions,
    AuditTrail audit,
    Outbox outbox,
    SignInMetrics metrics,
    TimeProvider clock)
{
    public async Task<SignInOutcome> RunAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            metrics.Note("too_busy");
            return new SignInOutcome.TooBusy();
        }

        var policy = policies.Everywhere;
        var found = await accounts.FindAsync(request, policy, cancellationToken);
        var key = KeyOf(request, found, policy);
        var counted = await CountAsync(key, found, policy, cancellationToken);

        // Counted means evaluated: from here on a browser that goes away changes nothing.
        var outcome = await EvaluateAsync(request, found, key, counted, place, policy);
        metrics.Note(outcome);
        return outcome;
    }

    private static TryKey KeyOf(SignInRequest request, NamedAccount? found, Policy policy)
    {
        var isKnownDevice = found is { IsKnownDevice: true } or { HasResetHere: true };
        return new(
            TryKey.NameOf(request.Audience, SignInName.IdentifierFor(request.Audience, policy.Identifier), request.OrganizationCode, request.Name),
            isKnownDevice ? TryKey.DeviceSource(request.DeviceSecret!) : request.Network,
            PassesHardStop: isKnownDevice);
    }

    private async Task<CountedTry> CountAsync(TryKey key, NamedAccount? found, Policy policy, CancellationToken cancellationToken)
    {
        var counted = await tries.CountAsync(key, policy.Lock, cancellationToken);
        return counted is CountedTry.HardLocked && found is not null && await lastOperator.IsAsync(found.Standing, policy, cancellationToken)
            ? await tries.CountAsync(key with { PassesHardStop = true }, policy.Lock, cancellationToken)
            : counted;
    }

    private async Task<SignInOutcome> EvaluateAsync(
        SignInRequest request, NamedAccount? found, TryKey key, CountedTry counted, HashingPlace place, Policy policy)
    {
        // A length that no password has is not worth normalising; it costs the same time.
        var secret = request.Password.Length <= PasswordRules.LongestInputUnits ? request.Password : "";

        if (counted is not CountedTry.Counted evaluated)
        {
            await place.VerifyNobodyAsync(secret);
            await RecordAsync(new SignInRefused(found?.Standing.AccountId, found?.Standing.OrganizationId, SignInRefusal.Locked));
            return counted is CountedTry.Locked { Minutes: var minutes } ? new SignInOutcome.Locked(minutes) : new SignInOutcome.HardLocked();
        }

        var verdict = found is { PasswordHash: { } hash, Standing.IsDisabled: false }
            ? await place.VerifyAsync(secret, hash)
            : await place.VerifyNobodyAsync(secret);

        if (found is null || !verdict.Matches)
        {
            await FailAsync(found, key, evaluated, policy);
            return new SignInOutcome.InvalidCredentials();
        }

        var proven = new ProvenPassword(
            Rehashed: verdict.IsOutdated ? await place.HashAsync(secret) : null,
            IsCommonByNow: found.Standing is { PasswordIsTemporary: false } standing && standing.PasswordSetAt < CommonPasswords.ListsSince && common.Contains(secret));
        try
        {
            return await SucceedAsync(request, found, key, proven, policy);
        }
        catch (DbUpdateException problem) when (problem.IsDuplicateIn(SessionConfiguration.Table))
        {
            // The same form was sent twice at the same moment, and the other one made the session. Only if that is over already, make a new one.
            db.ChangeTracker.Clear();
            var again = await accounts.FindAsync(request, policy, CancellationToken.None) ?? found;
            var form = again.SessionOfForm is null ? Secrets.New() : request.FormId;
            return await SucceedAsync(request with { FormId = form }, again, key, proven, policy);
        }
    }

    private async Task FailAsync(NamedAccount? found, TryKey key, CountedTry.Counted counted, Policy policy)
    {
        var refusal = found switch
        {
            null => SignInRefusal.UnknownName,
            { Standing.IsDisabled: true } => SignInRefusal.Disabled,
            _ => SignInRefusal.WrongPassword,
        };

        await using var write = await db.BeginWriteAsync(CancellationToken.None, WriteTurn.AfterOthers);
        audit.Add(new SignInRefused(found?.Standing.AccountId, found?.Standing.OrganizationId, refusal));
        if (found is { Standing.IsDisabled: false })
        {
            await NoteLocksAsync(found, key, counted, policy.Lock);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
    }

    /// <summary>What this failure has locked is audited; the owner is told of it, once a day. Guesses from many places reach only the hard stop.</summary>
    private async Task NoteLocksAsync(NamedAccount found, TryKey key, CountedTry.Counted counted, LockPolicy policy)
    {
        var (accountId, organizationId) = (found.Standing.AccountId, found.Standing.OrganizationId);
        var locks = counted.Failures >= policy.FailuresBeforeLock;
        var stops = counted.FailuresInAll == policy.HardStopAfter;
        if (locks)
        {
            audit.Add(new SignInLocked(accountId, organizationId, counted.Failures));
        }

        if (stops)
        {
            audit.Add(new SignInStopped(accountId, organizationId, counted.FailuresInAll));
        }

        if ((locks || stops) && found.Email is { } email && await tries.MayTellOwnerAsync(key, CancellationToken.None))
        {
            outbox.Add(new AccountLockedMail(accountId, email, found.DisplayName, found.Language, clock.Now, IsStopped: stops));
        }
    }

    private async Task<SignInOutcome> SucceedAsync(
        SignInRequest request, NamedAccount found, TryKey key, ProvenPassword proven, Policy policy)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None, WriteTurn.AfterOthers);
        await tries.RedeemAsync(key, CancellationToken.None);

        var standing = found.Standing;
        if (await barred.WhyAsync(found) is { } bar)
        {
            audit.Add(new SignInRefused(standing.AccountId, standing.OrganizationId, bar));
            await db.SaveChangesAsync(CancellationToken.None);
            await write.CommitAsync(CancellationToken.None);
            return bar switch
            {
                SignInRefusal.TemporaryPasswordTooOld => new SignInOutcome.TemporaryPasswordTooOld(),
                SignInRefusal.Inactive => new SignInOutcome.Inactive(),
                SignInRefusal.HardLocked => new SignInOutcome.HardLocked(),
                _ => throw new UnreachableException(bar.ToString()),
            };
        }

        if (proven.IsCommonByNow && await FlagAsCommonAsync(found))
        {
            found = found with { Standing = standing with { PasswordIsCompromised = true } };
        }

        if (proven.Rehashed is { } rehashed)
        {
            await db.Accounts
                .Where(account => account.Id == standing.AccountId && account.PasswordHash == found.PasswordHash)
                .ExecuteUpdateAsync(set => set.SetProperty(account => account.PasswordHash, rehashed), CancellationToken.None);
        }

        if (request.Replaces is { } former && former.SessionId != found.SessionOfForm)
        {
            await sessions.EndInTransactionAsync(former, SessionEnd.Replaced, CancellationToken.None);
        }

        var device = request.DeviceSecret ?? Secrets.New();
        var renewed = found.SessionOfForm is { } made ? await sessions.RenewAsync(made, current: null, standing.PasswordSetAt, CancellationToken.None) : null;
        var begun = renewed is null ? await BeginSessionAsync(request, found, device) : new(renewed, Due: null);
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new SignInOutcome.SignedIn(begun.Secret, device, begun.Due);
    }

    /// <summary>
    /// It came onto the lists after it was set: a new one is asked for (N-04), of whoever has just proven it. Whatever was begun before ends:
    /// at a screen that was left open, the step would let anybody choose a password without knowing the former one.
    /// </summary>
    private async Task<bool> FlagAsCommonAsync(NamedAccount found)
    {
        var standing = found.Standing;
        var flagged = await db.Accounts
            .Where(account => account.Id == standing.AccountId && account.PasswordHash == found.PasswordHash && account.PasswordCompromisedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.PasswordCompromisedAt, (DateTimeOffset?)clock.Now), CancellationToken.None);
        if (flagged == 1)
        {
            var ended = await sessions.EndAllAsync(standing.AccountId, butSession: null, SessionEnd.PasswordCompromised, CancellationToken.None);
            audit.Add(new PasswordFlagged(standing.AccountId, standing.OrganizationId, ended, "common password"));
        }

        return flagged == 1;
    }

    private async Task<BegunSession> BeginSessionAsync(SignInRequest request, NamedAccount found, string device)
    {
        var isRemembered = IsRemembered(found, clock.Now);
        if (isRemembered)
        {
            await devices.NoteUseAsync(found.RememberedDevice!.Value, CancellationToken.None);
        }

        return await beginSession.RunAsync(found, new()
        {
            Methods = "pwd",
            SecondFactorIsRemembered = isRemembered,
            FormId = request.FormId,
            DeviceSecret = device,
            Address = request.Address,
            UserAgent = request.UserAgent,
        });
    }

    private bool IsRemembered(NamedAccount found, DateTimeOffset now) =>
        found.RememberedAt is { } at
        && SecondFactorRules.IsRemembered(
            at, found.Standing.PasswordSetAt, found.Standing.SecondFactorFacts, policies.For(found.Standing.OrganizationId).SecondFactors, now);

    /// <param name="Rehashed">Null where the hash on file is as the settings ask for.</param>
    private sealed record ProvenPassword(string? Rehashed, bool IsCommonByNow)
    {
        public override string ToString() => nameof(ProvenPassword);
    }

    private async Task RecordAsync<TEvent>(TEvent happened)
        where TEvent : IAuditEvent
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None, WriteTurn.AfterOthers);
        audit.Add(happened);
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
    }
}
