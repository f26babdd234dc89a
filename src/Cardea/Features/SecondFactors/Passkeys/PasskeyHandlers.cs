using Cardea.Features.Accounts;
using Cardea.Features.SetUp;
using Cardea.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>
/// Identity's handler under our terms (F-10). Its own defaults take the server's name from the request and do not insist that the person was
/// verified; ours come from the public address, which the set-up may still change.
/// </summary>
public sealed class PasskeyHandlers(PasskeyStore store, RegistryProfile profile, IServiceProvider services)
{
    /// <summary>ES256, ES384, ES512, PS256 and RS256 (COSE), by number: a later version of the framework may know weaker ones.</summary>
    private static readonly int[] Algorithms = [-7, -35, -36, -37, -257];

    /// <summary>Null as long as nobody has said under which address people come: a passkey is for one address for ever.</summary>
    public async Task<IPasskeyHandler<Account>?> FindAsync(CancellationToken cancellationToken) =>
        PublicAddress.IsFine((await profile.GetAsync(cancellationToken)).PublicAddress, out var address)
            ? new PasskeyHandler<Account>(ActivatorUtilities.CreateInstance<UserManager<Account>>(services, store), Options.Create(TermsAt(address)))
            : null;

    private static IdentityPasskeyOptions TermsAt(Uri address)
    {
        var origin = $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
        return new()
        {
            ServerDomain = address.IdnHost,
            ValidateOrigin = context => new(context.Origin == origin && !context.CrossOrigin && string.IsNullOrEmpty(context.TopOrigin)),
            UserVerificationRequirement = "required",   // so it is two factors in one: the device, and what unlocks it
            ResidentKeyRequirement = "required",        // so it signs in by itself, too
            AttestationConveyancePreference = "none",   // any maker will do, so nobody is asked which it is
            IsAllowedAlgorithm = Algorithms.Contains,
            AuthenticatorTimeout = PasskeyChallenges.Lifetime,
        };
    }
}
