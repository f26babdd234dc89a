using Cardea.Data;
using Cardea.Features.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>Says what a browser is to ask of an authenticator, as JSON of WebAuthn. Null where no passkey can be had (<see cref="PasskeyHandlers"/>).</summary>
public sealed class BeginPasskey(AppDbContext db, PasskeyHandlers handlers, PasskeyChallenges challenges, IOptions<SecondFactorSettings> settings)
{
    public async Task<string?> ToSetUpAsync(SignedInPerson person, HttpContext http, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(cancellationToken) is not { } handler)
        {
            return null;
        }

        var subject = await db.Accounts.Where(account => account.Id == person.AccountId).Select(account => account.UserName!).SingleAsync(cancellationToken);
        var shown = new PasskeyUserEntity { Id = subject, Name = settings.Value.LabelOf(person), DisplayName = person.DisplayName };
        var made = await handler.MakeCreationOptionsAsync(shown, http);
        await challenges.KeepAsync(person, PasskeyPurpose.SetUp, made.AttestationState!, cancellationToken);
        return made.CreationOptionsJson;
    }

    public async Task<string?> ToProveAsync(SignedInPerson person, HttpContext http, CancellationToken cancellationToken)
    {
        if (await handlers.FindAsync(cancellationToken) is not { } handler)
        {
            return null;
        }

        var account = await db.Accounts.AsNoTracking().SingleAsync(account => account.Id == person.AccountId, cancellationToken);
        var made = await handler.MakeRequestOptionsAsync(account, http);
        await challenges.KeepAsync(person, PasskeyPurpose.Prove, made.AssertionState!, cancellationToken);
        return made.RequestOptionsJson;
    }
}
