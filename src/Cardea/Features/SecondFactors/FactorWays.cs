using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages;
using Cardea.Features.Sessions;
using Cardea.Policies;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.SecondFactors;

/// <summary>Which ways are open to a person, and what closes one. Asked at every check of a code, not only where the ways are shown.</summary>
public sealed class FactorWays(AppDbContext db, PolicyBook policies, FactorTries tries, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    public SecondFactorPolicy PolicyFor(SignedInPerson person) => policies.For(person.OrganizationId).SecondFactors;

    /// <summary>The strongest first. Blocked ones are among them: they are asked for, and let nobody in.</summary>
    public IReadOnlyList<FactorKinds> Usable(SignedInPerson person) =>
        SecondFactorRules.StrongestFirst(SecondFactorRules.Usable(person.Standing.SecondFactorFacts, PolicyFor(person), clock.Now));

    /// <summary>What may be set up, the strongest first.</summary>
    public IReadOnlyList<FactorKinds> Allowed(SignedInPerson person)
    {
        var allowed = SecondFactorRules.Allowed(person.Standing.SecondFactorFacts, PolicyFor(person), clock.Now);
        return SecondFactorRules.StrongestFirst(person.Email is null ? allowed & ~FactorKinds.Email : allowed);
    }

    /// <summary>The page on which a person begins: that of the method which their organization picked for all, if it did (S1-03, S1-05).</summary>
    public string FirstSetUpPage(SignedInPerson person)
    {
        var allowed = Allowed(person);
        return SecondFactorRules.Picked(person.Standing.SecondFactorFacts, PolicyFor(person), clock.Now) is { } picked && allowed.Contains(picked)
            ? FactorPages.SetUp(picked)
            : allowed is [var only] ? FactorPages.SetUp(only) : FactorPages.Choose;
    }

    /// <summary>For how many days a device may be remembered (S1-08); 0 for not at all.</summary>
    public int RememberDays(SignedInPerson person) =>
        (int)SecondFactorRules.RememberedFor(person.Standing.SecondFactorFacts, PolicyFor(person), clock.Now).TotalDays;

    public DateTimeOffset Now => clock.Now;

    /// <summary>Whether the person may do without it: never the last one where one is needed.</summary>
    /// <param name="all">The person's, this one among them.</param>
    public bool MayRemove(SignedInPerson person, IEnumerable<Factor> all, Factor factor)
    {
        var left = all.Where(other => other.Id != factor.Id && other.BlockedAt is null)
            .Aggregate(FactorKinds.None, (kinds, other) => kinds | other.Kind);
        var facts = person.Standing.SecondFactorFacts with { Enrolled = left };
        return SecondFactorRules.Decide(facts, PolicyFor(person), clock.Now) is not SecondFactorDemand.SetUp;
    }

    /// <summary>Of one kind: those that let somebody in.</summary>
    public IQueryable<Factor> Working(SignedInPerson person, FactorKinds kind)
    {
        var isUsable = Usable(person).Contains(kind);
        return db.Factors.Where(f => isUsable && f.AccountId == person.AccountId && f.Kind == kind && f.RemovedAt == null && f.BlockedAt == null);
    }

    /// <summary>Audits a code that was not accepted; after so many in a row that somebody must be guessing, the way is closed and its owner told (N-07).</summary>
    /// <param name="failures">In a row, this one included; 0 when it was not looked at.</param>
    /// <returns>Whether the way is closed from now on.</returns>
    public async Task<bool> RefuseAsync(SignedInPerson person, FactorKinds kind, int failures, SecondFactorRefusal refusal)
    {
        var isLast = failures >= policies.For(person.OrganizationId).Lock.HardStopAfter;
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        audit.Add(new SecondFactorRefused(person.AccountId, person.SessionId, kind.ToString(), failures, refusal));
        if (isLast)
        {
            await BlockAsync(person, kind);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await write.CommitAsync(CancellationToken.None);
        return isLast;
    }

    private async Task BlockAsync(SignedInPerson person, FactorKinds kind)
    {
        var now = clock.Now;
        await Working(person, kind).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.BlockedAt, now).SetProperty(f => f.ProtectedKey, (byte[]?)null), CancellationToken.None);
        await tries.ForgetAsync(person.AccountId, FactorTry.WayOf(kind), CancellationToken.None);
        audit.Add(new FactorBlocked(person.AccountId, kind.ToString()));
        if (person.Email is { } email)
        {
            outbox.Add(new FactorBlockedMail(person.AccountId, email, person.DisplayName, person.Language, kind, now, person.TimeZone));
        }
    }
}
