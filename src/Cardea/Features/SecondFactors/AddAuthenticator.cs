using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Passwords;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors;

public abstract record AddAuthenticatorOutcome
{
    /// <param name="SessionSecret">The session can do more from now on, so it has a new one.</param>
    /// <param name="RecoveryCodes">To be shown once; null where the person has some already.</param>
    public sealed record Added(string SessionSecret, IReadOnlyList<RecoveryCode>? RecoveryCodes) : AddAuthenticatorOutcome
    {
        /// <summary>Without its secrets.</summary>
        public override string ToString() => nameof(Added);
    }

    public sealed record WrongCode : AddAuthenticatorOutcome;

    /// <param name="Minutes">See <see cref="TotpVerdict.ClockIsOff"/>.</param>
    public sealed record ClockIsOff(int Minutes) : AddAuthenticatorOutcome;

    /// <summary>In another tab, or by the other click of two.</summary>
    public sealed record WasAddedBefore : AddAuthenticatorOutcome;

    public sealed record TooBusy : AddAuthenticatorOutcome;
}

/// <summary>
/// A code from the app shows that it has the key (S0-10). It is accepted as at sign-in, and used up: the same code signs nobody in.
/// Tries are not counted, since the key is on the screen of whoever tries.
/// </summary>
public sealed class AddAuthenticator(
    AppDbContext db, AuthenticatorKeys keys, RecoveryCodes recoveryCodes, HashingGate hashing, SessionStore sessions, Outbox outbox,
    AuditTrail audit, TimeProvider clock)
{
    /// <param name="code">Six digits.</param>
    /// <param name="language">Of the page, so that the mail speaks as it did.</param>
    public async Task<AddAuthenticatorOutcome> RunAsync(SignedInPerson person, string code, string language, CancellationToken cancellationToken)
    {
        var protectedKey = await db.AuthenticatorSetUps
            .Where(setUp => setUp.SessionId == person.SessionId).Select(setUp => setUp.ProtectedKey).SingleOrDefaultAsync(cancellationToken);
        if (protectedKey is null)
        {
            return new AddAuthenticatorOutcome.WasAddedBefore();
        }

        var now = clock.Now;
        switch (TotpRules.Decide(keys.StepsOf(code, protectedKey, person.AccountId, now), lastUsed: null, now))
        {
            case TotpVerdict.ClockIsOff off:
                return new AddAuthenticatorOutcome.ClockIsOff(off.Minutes);
            case TotpVerdict.Right right:
                using (var place = hashing.TryEnter())
                {
                    return place is null
                        ? new AddAuthenticatorOutcome.TooBusy()
                        : await AddAsync(person, protectedKey, right.Step, await recoveryCodes.MakeAsync(place), language, now);
                }

            default:
                return new AddAuthenticatorOutcome.WrongCode();
        }
    }

    private async Task<AddAuthenticatorOutcome> AddAsync(
        SignedInPerson person, byte[] protectedKey, long step, MadeCodes codes, string language, DateTimeOffset now)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await db.TakeTurnAsync(person.AccountId, CancellationToken.None);
        var taken = await db.AuthenticatorSetUps.Where(setUp => setUp.SessionId == person.SessionId).ExecuteDeleteAsync(CancellationToken.None);
        if (taken == 0 || await sessions.ProveSecondFactorAsync(person, ProvenWay.Authenticator, CancellationToken.None) is not { } secret)
        {
            return new AddAuthenticatorOutcome.WasAddedBefore();
        }

        var factor = new Factor
        {
            Id = clock.NewId(),
            AccountId = person.AccountId,
            Kind = FactorKinds.Authenticator,
            ProtectedKey = protectedKey,
            LastStep = step,
            AddedAt = now,
            LastUsedAt = now,
        };
        db.Factors.Add(factor);
        audit.Add(new FactorAdded(person.AccountId, factor.Id, factor.Kind.ToString()));
        var hasCodes = await recoveryCodes.AreOnFileAsync(person.AccountId, CancellationToken.None);
        if (!hasCodes)
        {
            recoveryCodes.Add(person.AccountId, codes);
        }

        if (person.Email is { } email)
        {
            outbox.Add(new FactorAddedMail(person.AccountId, email, person.DisplayName, language, factor.Kind, now, person.TimeZone));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new AddAuthenticatorOutcome.Added(secret, hasCodes ? null : codes.Codes);
    }
}
