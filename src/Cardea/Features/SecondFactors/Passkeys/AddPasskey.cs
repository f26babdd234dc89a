using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Passwords;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Identity;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>
/// Binds the passkey that an authenticator has just made for this session. The place at the gate comes first: without one nothing is spent, and
/// the person does not make a second passkey for nothing.
/// </summary>
public sealed class AddPasskey(
    AppDbContext db, PasskeyHandlers handlers, PasskeyChallenges challenges, PasskeyRecords passkeys, FactorWays ways, RecoveryCodes recoveryCodes,
    HashingGate hashing, AddFactor addFactor, TimeProvider clock)
{
    private const FactorKinds Kind = FactorKinds.Passkey;

    /// <param name="credential">JSON of WebAuthn, as the browser sent it.</param>
    /// <param name="name">By which the person knows it; null for none.</param>
    /// <param name="language">Of the page, so that the mail speaks as it did.</param>
    public async Task<AddFactorOutcome> RunAsync(
        SignedInPerson person, string credential, string? name, string language, HttpContext http, CancellationToken cancellationToken)
    {
        using var place = hashing.TryEnter();
        if (place is null)
        {
            return new AddFactorOutcome.TooBusy();
        }

        if (await handlers.FindAsync(cancellationToken) is not { } handler || await challenges.TakeAsync(person, PasskeyPurpose.SetUp) is not { } state)
        {
            await ways.RefuseAsync(person, Kind, failures: 0, SecondFactorRefusal.NoCode);
            return new AddFactorOutcome.WrongCode();
        }

        var made = await handler.PerformAttestationAsync(new() { CredentialJson = credential, AttestationState = state, HttpContext = http });
        if (!made.Succeeded)
        {
            await ways.RefuseAsync(person, Kind, failures: 0, SecondFactorRefusal.WrongPasskey);
            return new AddFactorOutcome.WrongCode();
        }

        return await AddAsync(person, made.Passkey, name, await recoveryCodes.MakeAsync(place), language);
    }

    private async Task<AddFactorOutcome> AddAsync(SignedInPerson person, UserPasskeyInfo passkey, string? name, MadeCodes codes, string language)
    {
        var now = clock.Now;
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await db.TakeTurnAsync(person.AccountId, CancellationToken.None);
        var factor = new Factor
        {
            Id = clock.NewId(),
            AccountId = person.AccountId,
            Kind = Kind,
            Name = name,
            CredentialId = passkey.CredentialId,
            SignCount = passkey.SignCount,
            AddedAt = now,
            LastUsedAt = now,
        };
        passkeys.Add(factor, passkey);
        if (await addFactor.RunAsync(person, factor, ProvenWay.Passkey(passkey.IsBackupEligible), codes, language) is not { } added)
        {
            return new AddFactorOutcome.WasAddedBefore();
        }

        await write.CommitAsync(CancellationToken.None);
        return added;
    }
}
