using Cardea.Data;
using Cardea.Features.SecondFactors.Authenticators;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Cardea.Demo.Features.Phone;

/// <param name="Code">Null where the one that is shown now was used: each signs in once (S0-10).</param>
/// <param name="SecondsLeft">Until the next code.</param>
public sealed record ShownCode(string Username, string DisplayName, string? Code, int SecondsLeft);

/// <summary>The authenticator apps of everybody in the demo, also of those who are just setting one up: nobody needs a phone to try it.</summary>
public sealed class Phone(AppDbContext db, AuthenticatorKeys keys, TimeProvider clock)
{
    public async Task<IReadOnlyList<ShownCode>> CodesAsync(CancellationToken cancellationToken)
    {
        var setUp = db.Factors
            .Where(factor => factor.Kind == FactorKinds.Authenticator && factor.ProtectedKey != null)
            .Select(factor => new { factor.AccountId, ProtectedKey = factor.ProtectedKey!, factor.LastStep });
        var begun = db.AuthenticatorSetUps
            .Select(setUp => new { setUp.AccountId, setUp.ProtectedKey, LastStep = (long?)null });
        var apps = await setUp.Concat(begun)
            .Join(db.SignInNames, app => app.AccountId, name => name.AccountId, (app, name) => new
            {
                app.AccountId,
                app.ProtectedKey,
                app.LastStep,
                Username = name.Name,
                DisplayName = name.Account!.GivenName + " " + name.Account.FamilyName,
            })
            .OrderBy(app => app.DisplayName)
            .ToListAsync(cancellationToken);

        var now = clock.GetUtcNow();
        var (step, length) = (TotpRules.StepAt(now), (int)TotpRules.Step.TotalSeconds);
        var secondsLeft = length - (int)(now.ToUnixTimeSeconds() % length);
        return
        [
            .. apps.Select(app => new ShownCode(
                app.Username,
                app.DisplayName,
                app.LastStep >= step ? null : CodeAt(now, keys.TextOf(app.ProtectedKey, app.AccountId)),
                secondsLeft)),
        ];
    }

    /// <param name="key">In base 32.</param>
    public static string CodeAt(DateTimeOffset time, string key) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(time.UtcDateTime);
}
