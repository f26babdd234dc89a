using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Cardea.Features.SetUp;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OtpNet;

namespace Cardea.Features.SecondFactors.Authenticators;

/// <summary>What an authenticator app is given.</summary>
/// <param name="Key">In base 32, to be typed where no camera can be used.</param>
/// <param name="Address">The same and all the rest as one "otpauth:" address, which the picture shows.</param>
public sealed record OfferedKey(string Key, string Address)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(OfferedKey);
}

/// <summary>Makes a key for a session, or finds the one that it is being shown already.</summary>
public sealed class BeginAuthenticator(
    AppDbContext db, AuthenticatorKeys keys, RegistryProfile profile, IOptions<SecondFactorSettings> settings, TimeProvider clock)
{
    public async Task<OfferedKey> RunAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        var protectedKey = await FindAsync(person, cancellationToken) ?? await MakeAsync(person, cancellationToken);
        var key = keys.TextOf(protectedKey, person.AccountId);
        var issuer = settings.Value.AuthenticatorIssuer ?? (await profile.GetAsync(cancellationToken)).DisplayName.Replace(':', ' ');
        var label = settings.Value.LabelOf(person);
        return new(key, new OtpUri(OtpType.Totp, key, label, issuer, OtpHashMode.Sha1, TotpRules.Digits, (int)TotpRules.Step.TotalSeconds).ToString());
    }

    private Task<byte[]?> FindAsync(SignedInPerson person, CancellationToken cancellationToken) =>
        db.AuthenticatorSetUps
            .Where(setUp => setUp.SessionId == person.SessionId).Select(setUp => setUp.ProtectedKey).SingleOrDefaultAsync(cancellationToken);

    private async Task<byte[]> MakeAsync(SignedInPerson person, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        if (await FindAsync(person, cancellationToken) is { } made)   // in another tab, a moment ago
        {
            return made;
        }

        var setUp = new AuthenticatorSetUp
        {
            SessionId = person.SessionId,
            AccountId = person.AccountId,
            ProtectedKey = keys.NewProtected(person.AccountId),
            BegunAt = clock.Now,
        };
        db.AuthenticatorSetUps.Add(setUp);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return setUp.ProtectedKey;
    }
}
