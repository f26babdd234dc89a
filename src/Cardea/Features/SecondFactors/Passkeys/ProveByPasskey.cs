using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Sessions;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>
/// Checks the answer of an authenticator after the password (N-12). The challenge is spent and committed before the answer is looked at. Tries
/// are not counted: there is nothing to guess.
/// </summary>
public sealed class ProveByPasskey(
    AppDbContext db, FactorWays ways, PasskeyHandlers handlers, PasskeyChallenges challenges, PasskeyRecords passkeys, SessionStore sessions,
    AuditTrail audit)
{
    private const FactorKinds Kind = FactorKinds.Passkey;

    /// <param name="credential">JSON of WebAuthn, as the browser sent it.</param>
    public async Task<ProveOutcome> RunAsync(SignedInPerson person, string credential, HttpContext http, CancellationToken cancellationToken)
    {
        if (!await ways.Working(person, Kind).AnyAsync(cancellationToken))
        {
            return new ProveOutcome.Unusable();
        }

        if (await handlers.FindAsync(cancellationToken) is not { } handler || await challenges.TakeAsync(person, PasskeyPurpose.Prove) is not { } state)
        {
            await ways.RefuseAsync(person, Kind, failures: 0, SecondFactorRefusal.NoCode);
            return new ProveOutcome.NotAccepted();
        }

        var shown = await handler.PerformAssertionAsync(new() { CredentialJson = credential, AssertionState = state, HttpContext = http });
        if (!shown.Succeeded)
        {
            await ways.RefuseAsync(person, Kind, failures: 0, SecondFactorRefusal.WrongPasskey);
            return new ProveOutcome.NotAccepted();
        }

        return await AcceptAsync(person, shown.Passkey) is { } secret ? new ProveOutcome.Proven(secret) : new ProveOutcome.NotAccepted();
    }

    /// <summary>Null when its count fell, or the session is over.</summary>
    private async Task<string?> AcceptAsync(SignedInPerson person, UserPasskeyInfo passkey)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        if (!await passkeys.UseAsync(person.AccountId, passkey, CancellationToken.None))
        {
            passkeys.NoteThatCountFell(person.AccountId, person.Email, person.DisplayName, person.Language, person.TimeZone);
            audit.Add(new SecondFactorRefused(person.AccountId, person.SessionId, Kind.ToString(), 0, SecondFactorRefusal.PasskeyCountFell));
            await db.SaveChangesAsync(CancellationToken.None);
            await write.CommitAsync(CancellationToken.None);
            return null;
        }

        if (await sessions.ProveSecondFactorAsync(person, ProvenWay.Passkey(passkey.IsBackupEligible), CancellationToken.None) is not { } secret)
        {
            return null;
        }

        audit.Add(new SecondFactorProven(person.AccountId, person.SessionId, Kind.ToString()));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return secret;
    }
}
