using System.Text;
using Cardea.Data;
using Cardea.Features.Accounts;
using Cardea.Features.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors.Passkeys;

/// <summary>Keeps what a browser was asked, and hands it out once: an answer that is sent again finds nothing .</summary>
public sealed class PasskeyChallenges(AppDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <param name="state">Of the handler: the challenge, and for whom it is.</param>
    public async Task KeepAsync(SignedInPerson person, PasskeyPurpose purpose, string state, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.TakeTurnAsync(person.AccountId, cancellationToken);
        await Of(person, purpose).ExecuteDeleteAsync(cancellationToken);
        db.PasskeyChallenges.Add(new()
        {
            SessionId = person.SessionId,
            Purpose = purpose,
            ProtectedState = For(person, purpose).Protect(Encoding.UTF8.GetBytes(state)),
            MadeAt = clock.Now,
        });
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Spent and committed before the answer is looked at. Null when there is none, it is too old, or another request was first.</summary>
    public async Task<string?> TakeAsync(SignedInPerson person, PasskeyPurpose purpose)
    {
        var kept = await Of(person, purpose).AsNoTracking().SingleOrDefaultAsync(CancellationToken.None);
        if (kept is null)
        {
            return null;
        }

        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var taken = await Of(person, purpose).Where(c => c.ProtectedState == kept.ProtectedState).ExecuteDeleteAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return taken == 1 && clock.Now < kept.MadeAt + Lifetime ? Encoding.UTF8.GetString(For(person, purpose).Unprotect(kept.ProtectedState)) : null;
    }

    private IQueryable<PasskeyChallenge> Of(SignedInPerson person, PasskeyPurpose purpose) =>
        db.PasskeyChallenges.Where(c => c.SessionId == person.SessionId && c.Purpose == purpose);

    private IDataProtector For(SignedInPerson person, PasskeyPurpose purpose) =>
        protection.CreateProtector("Cardea.PasskeyChallenge.v1", person.SessionId.ToString(), purpose.ToString());
}
