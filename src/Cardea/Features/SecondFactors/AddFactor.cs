using Cardea.Data;
using Cardea.Features.Alarms;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.SecondFactors.Recovery;
using Cardea.Features.Sessions;

namespace Cardea.Features.SecondFactors;

/// <summary>Binds a factor whose owner has just shown that they have it. The first one brings the recovery codes (S1-12); each is told (N-15).</summary>
public sealed class AddFactor(AppDbContext db, RecoveryCodes recoveryCodes, SessionStore sessions, AlarmNotices alarms, Outbox outbox, AuditTrail audit)
{
    /// <summary>Part of the caller's transaction, in the person's turn. Null when the session has ended, or another request was first.</summary>
    /// <param name="codes">Made beforehand: they take hashing.</param>
    /// <param name="language">Of the page, so that the mail speaks as it did.</param>
    public async Task<AddFactorOutcome.Added?> RunAsync(SignedInPerson person, Factor factor, ProvenWay way, MadeCodes codes, string language)
    {
        if (await sessions.ProveSecondFactorAsync(person, way, CancellationToken.None) is not { } sessionSecret)
        {
            return null;
        }

        db.Factors.Add(factor);
        audit.Add(new FactorAdded(person.AccountId, factor.Id, factor.Kind.ToString()));
        var hasCodes = await recoveryCodes.AreOnFileAsync(person.AccountId, CancellationToken.None);
        if (!hasCodes)
        {
            recoveryCodes.Add(person.AccountId, codes);
        }

        if (person.Email is { } email)
        {
            var secret = alarms.NewLink(person.AccountId);
            outbox.Add(new FactorAddedMail(person.AccountId, email, person.DisplayName, language, factor.Kind, factor.AddedAt, person.TimeZone, secret));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return new(sessionSecret, hasCodes ? null : codes.Codes);
    }
}
