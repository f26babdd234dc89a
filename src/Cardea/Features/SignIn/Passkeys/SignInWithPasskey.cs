using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Audit;
using Cardea.Features.SecondFactors.Passkeys;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SignIn.Passkeys;

/// <param name="Credential">JSON of WebAuthn, as the browser sent it.</param>
/// <param name="Challenge">As it was sealed for this browser.</param>
/// <param name="Browser">Its form cookie.</param>
/// <param name="DeviceSecret">From the device cookie, if there is one.</param>
/// <param name="Replaces">The session that this browser had until now.</param>
public sealed record PasskeyRequest(
    string Credential, string Challenge, string Browser, string? DeviceSecret, string Address, string UserAgent, SignedInPerson? Replaces)
{
    /// <summary>Without what it carries.</summary>
    public override string ToString() => nameof(PasskeyRequest);
}

/// <summary>
/// Signs in by a passkey alone: the device, and what unlocks it, are two factors. There is nothing to guess, so nothing is counted, and no lock
/// that a stranger's guesses have closed holds it up (S0-08). Whatever is wrong, one answer is given; all else is as after a password.
/// </summary>
public sealed class SignInWithPasskey(
    AppDbContext db, PolicyBook policies, PasskeyHandlers handlers, SignInChallenges challenges, PasskeyRecords passkeys, NamedAccounts accounts,
    Barred barred, BeginSession beginSession, SessionStore sessions, AuditTrail audit, SignInMetrics metrics, TimeProvider clock)
{
    /// <summary>What the browser is to ask of an authenticator, and the challenge to be sent back with the answer. Null where no passkey can be had.</summary>
    public async Task<(string Options, string Challenge)?> BeginAsync(string browser, HttpContext http, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(cancellationToken) is not { } handler)
        {
            return null;
        }

        var made = await handler.MakeRequestOptionsAsync(user: null, http);
        return (made.RequestOptionsJson, challenges.Seal(made.AssertionState!, browser));
    }

    public async Task<SignInOutcome> RunAsync(PasskeyRequest request, HttpContext http, CancellationToken cancellationToken)
    {
        var outcome = await EvaluateAsync(request, http, cancellationToken);
        metrics.Note(outcome);
        return outcome;
    }

    private async Task<SignInOutcome> EvaluateAsync(PasskeyRequest request, HttpContext http, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(cancellationToken) is not { } handler || await challenges.SpendAsync(request.Challenge, request.Browser) is not { } state)
        {
            return await RefuseAsync(found: null, SignInRefusal.NoPasskeyChallenge);
        }

        var shown = await handler.PerformAssertionAsync(new() { CredentialJson = request.Credential, AssertionState = state, HttpContext = http });
        if (!shown.Succeeded || await accounts.FindAsync(shown.User.Id, request.DeviceSecret, CancellationToken.None) is not { } found)
        {
            return await RefuseAsync(found: null, SignInRefusal.WrongPasskey);
        }

        return await WhyNotAsync(found) is { } refusal ? await RefuseAsync(found, refusal) : await SucceedAsync(request, found, shown.Passkey);
    }

    /// <summary>Null for a member of staff (S1-09) whom a password would let in, too, and their passkey by itself.</summary>
    private async Task<SignInRefusal?> WhyNotAsync(NamedAccount found)
    {
        var standing = found.Standing;
        var policy = policies.For(standing.OrganizationId);
        return standing.IsDisabled ? SignInRefusal.Disabled
            : await barred.WhyAsync(found) is { } bar ? bar
            : standing.Audience is not Audience.Staff || !SecondFactorRules.PasskeySignsIn(standing.SecondFactorFacts, policy.SecondFactors, clock.Now) ? SignInRefusal.PasskeyNotAllowed
            : null;
    }

    private async Task<SignInOutcome> SucceedAsync(PasskeyRequest request, NamedAccount found, UserPasskeyInfo passkey)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None, WriteTurn.AfterOthers);
        SignInOutcome outcome;
        if (await passkeys.UseAsync(found.Standing.AccountId, passkey, CancellationToken.None))
        {
            outcome = await BeginSessionAsync(request, found, passkey);
        }
        else
        {
            var timeZone = await db.Accounts.Where(a => a.Id == found.Standing.AccountId)
                .Select(a => a.TimeZone ?? a.HomeOrganization!.TimeZone).SingleAsync(CancellationToken.None);
            passkeys.NoteThatCountFell(found.Standing.AccountId, found.Email, found.DisplayName, found.Language, timeZone);
            audit.Add(new SignInRefused(found.Standing.AccountId, found.Standing.OrganizationId, SignInRefusal.PasskeyCountFell));
            outcome = new SignInOutcome.InvalidCredentials();
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return outcome;
    }

    private async Task<SignInOutcome> BeginSessionAsync(PasskeyRequest request, NamedAccount found, UserPasskeyInfo passkey)
    {
        if (request.Replaces is { } former)
        {
            await sessions.EndInTransactionAsync(former, SessionEnd.Replaced, CancellationToken.None);
        }

        var device = request.DeviceSecret ?? Secrets.New();
        var begun = await beginSession.RunAsync(found, new()
        {
            Methods = ProvenWay.Passkey(passkey.IsBackupEligible).Methods,
            SecondFactor = FactorKinds.Passkey,
            FormId = Secrets.New(),
            DeviceSecret = device,
            Address = request.Address,
            UserAgent = request.UserAgent,
        });
        return new SignInOutcome.SignedIn(begun.Secret, device, begun.Due);
    }

    private async Task<SignInOutcome> RefuseAsync(NamedAccount? found, SignInRefusal refusal)
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None, WriteTurn.AfterOthers);
        audit.Add(new SignInRefused(found?.Standing.AccountId, found?.Standing.OrganizationId, refusal));
        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return new SignInOutcome.InvalidCredentials();
    }
}
