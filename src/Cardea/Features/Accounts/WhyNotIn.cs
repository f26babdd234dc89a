using Cardea.Data;
using Cardea.Features.SecondFactors;
using Cardea.Features.SignIn;
using Cardea.Features.SignIn.Journey;
using Cardea.Features.SignIn.Tries;
using Cardea.Policies;
using Cardea.Rules.Accounts;
using Cardea.Rules.SecondFactors;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Accounts;

/// <summary>Somebody who asks why they do not get in, as whoever helps them sees it.</summary>
public sealed record PersonAtTheDoor
{
    public required string DisplayName { get; init; }

    public required string SignInName { get; init; }

    public required string? Email { get; init; }

    public required DateTimeOffset? LastSignInAt { get; init; }

    public required string? LastSignInFrom { get; init; }

    /// <summary>In the order in which they have to be dealt with.</summary>
    public required IReadOnlyList<StandingReason> Reasons { get; init; }

    /// <summary>What is between their password and the dashboard, in order.</summary>
    public required IReadOnlyList<JourneyStep> Steps { get; init; }
}

/// <summary>Reads all that may keep a person out, for those who may unlock accounts. Nothing of it is ever said at the door itself (S0-05).</summary>
public sealed class WhyNotIn(AppDbContext db, PolicyBook policies, NamedAccounts accounts, LastOperator lastOperator, SignInJourney journey, TimeProvider clock)
{
    public async Task<PersonAtTheDoor> RunAsync(FoundAccount account, CancellationToken cancellationToken)
    {
        var found = await accounts.FindAsync(account.Id, deviceSecret: null, cancellationToken)
            ?? throw new InvalidOperationException("Everybody is a member of their home organization.");
        var kept = await db.HomeNames().AsNoTracking()
            .Where(name => name.AccountId == account.Id)
            .Select(name => new
            {
                name.Name,
                OrganizationDeactivatedAt = name.Account!.HomeOrganization!.DeactivatedAt,
                name.Account.DisabledAt,
                name.Account.InactivatedAt,
                name.Account.EmailRefusedAt,
                HasPassword = name.Account.PasswordHash != null,
                InvitedAt = db.ResetLinks
                    .Where(l => l.AccountId == account.Id && l.IsInvitation && l.ReplacedAt == null && l.UsedAt == null
                        && l.SentTo == name.Account.NormalizedEmail && l.PasswordSetAt == name.Account.PasswordSetAt)
                    .Select(l => (DateTimeOffset?)l.MadeAt).FirstOrDefault(),
                WorkingFactors = db.Factors
                    .Where(f => f.AccountId == account.Id && f.RemovedAt == null && f.BlockedAt == null).Select(f => (int)f.Kind).Distinct().Sum(),
            })
            .SingleAsync(cancellationToken);
        var (standing, policy, now) = (found.Standing, policies.For(account.HomeOrganizationId), clock.Now);
        var signIns = await SignInTriesAsync(account.Id, cancellationToken);
        var codes = await db.FactorTries.AsNoTracking().Where(t => t.AccountId == account.Id).ToListAsync(cancellationToken);
        var isStaff = standing.Audience is Audience.Staff;
        var facts = new AccountFacts
        {
            OrganizationDeactivatedAt = kept.OrganizationDeactivatedAt,
            DisabledAt = kept.DisabledAt,
            InactivatedAt = kept.InactivatedAt,
            Password = standing.PasswordFacts,
            HasPassword = kept.HasPassword,
            InvitedUntil = kept.InvitedAt + policy.Passwords.TemporaryLivesFor,
            PasswordMayExpire = isStaff,
            WrongAnswers = found.WrongAnswers,
            FailedSignIns = signIns.Where(t => t.Source == SignInTry.AnySource).Select(t => t.Failures).DefaultIfEmpty().Max(),
            LockedUntil = [.. signIns.Where(t => t.Source != SignInTry.AnySource).Select(t => t.LockedUntil)],
            IsLastOperator = await lastOperator.IsAsync(standing, policy, cancellationToken),
            SecondFactors = isStaff ? standing.SecondFactorFacts : null,
            WorkingFactors = (FactorKinds)kept.WorkingFactors,
            CodesLockedUntil = codes.Where(t => !IsAtReset(t.Way)).Max(t => (DateTimeOffset?)t.LockedUntil),
            WrongCodesAtReset = codes.Where(t => IsAtReset(t.Way)).Select(t => t.Failures).DefaultIfEmpty().Max(),
            EmailRefusedAt = kept.EmailRefusedAt,
            LastSignInAt = found.LastSignInCompletedAt,
        };

        return new()
        {
            DisplayName = found.DisplayName,
            SignInName = kept.Name,
            Email = found.Email,
            LastSignInAt = found.LastSignInCompletedAt,
            LastSignInFrom = found.LastSignInFrom,
            Reasons = StandingRules.Check(facts, policy.Passwords, policy.Lock, policy.SecondFactors, now),
            Steps = journey.Due(standing),
        };
    }

    private static bool IsAtReset(FactorTryWay way) => way is FactorTryWay.AuthenticatorAtReset or FactorTryWay.RecoveryCodeAtReset;

    private async Task<List<SignInTry>> SignInTriesAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var names = await db.TryKeysOfAsync(accountId, cancellationToken);
        return await db.SignInTries.AsNoTracking()
            .Where(t => names.Contains(t.NameKey) && !t.Source.StartsWith(TryKey.AnySession))
            .ToListAsync(cancellationToken);
    }
}
