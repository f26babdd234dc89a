using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Authenticators;

/// <summary>
/// A code from the app shows that it has the key (S0-10). It is accepted as at sign-in, and used up: the same code signs nobody in.
/// Tries are not counted, since the key is on the screen of whoever tries.
/// </summary>
public sealed class AddAuthenticator(
    AppDbContext db, AuthenticatorKeys keys, RecoveryCodes recoveryCodes, HashingGate hashing, AddFactor addFactor, TimeProvider clock)
{
    /// <param name="code">Six digits.</param>
    /// <param name="language">Of the page, so that the mail speaks as it did.</param>
    public async Task<AddFactorOutcome> RunAsync(SignedInPerson person, string code, string language, CancellationToken cancellationToken)
    {
        var protectedKey = await db.AuthenticatorSetUps
            .Where(setUp => setUp.SessionId == person.SessionId).Select(setUp => setUp.ProtectedKey).SingleOrDefaultAsync(cancellationToken);
        if (protectedKey is null)
        {
            return new AddFactorOutcome.WasAddedBefore();
        }

        var now = clock.Now;
        switch (TotpRules.Decide(keys.StepsOf(code, protectedKey, person.AccountId, now), lastUsed: null, now))
        {
            case TotpVerdict.ClockIsOff off:
                return new AddFactorOutcome.ClockIsOff(off.Minutes);
            case TotpVerdict.Right right:
                using (var place = hashing.TryEnter())
                {
                    return place is null
                        ? new AddFactorOutcome.TooBusy()
                        : await AddAsync(person, protectedKey, right.Step, await recoveryCodes.MakeAsync(place), language, now);
                }

            default:
                return new AddFactorOutcome.WrongCode();
        }
    }

    private async Task<AddFactorOutcome> AddAsync(
        SignedInPerson person, byte[] protectedKey, long step, MadeCodes codes, string language, DateTimeOffset now)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await db.TakeTurnAsync(person.AccountId, CancellationToken.None);
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
        var taken = await db.AuthenticatorSetUps.Where(setUp => setUp.SessionId == person.SessionId).ExecuteDeleteAsync(CancellationToken.None);
        if (taken == 0 || await addFactor.RunAsync(person, factor, ProvenWay.Authenticator, codes, language) is not { } added)
        {
            return new AddFactorOutcome.WasAddedBefore();
        }

        await write.CommitAsync(CancellationToken.None);
        return added;
    }
}
