using Cardea.Rules.Passwords;
using Cardea.Rules.Recovery;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;

namespace Cardea.Rules.Accounts;

/// <summary>What is known of somebody who asks why they do not get in.</summary>
public sealed record AccountFacts
{
    /// <summary>The home organization.</summary>
    public DateTimeOffset? OrganizationDeactivatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public DateTimeOffset? InactivatedAt { get; init; }

    public required PasswordFacts Password { get; init; }

    /// <summary>False as long as a new person has not followed the invitation.</summary>
    public bool HasPassword { get; init; } = true;

    /// <summary>Until when the link of the newest invitation works; null where none was sent, or something has ended it.</summary>
    public DateTimeOffset? InvitedUntil { get; init; }

    /// <summary>Those of patients do not expire.</summary>
    public required bool PasswordMayExpire { get; init; }

    /// <summary>In a row, to security questions.</summary>
    public int WrongAnswers { get; init; }

    /// <summary>Over all sources.</summary>
    public int FailedSignIns { get; init; }

    /// <summary>One for each place from which too many tries failed.</summary>
    public IReadOnlyList<DateTimeOffset> LockedUntil { get; init; } = [];

    /// <summary>No lock of guesses holds for them .</summary>
    public bool IsLastOperator { get; init; }

    /// <summary>Null for patients, of whom none is asked.</summary>
    public required SecondFactorFacts? SecondFactors { get; init; }

    /// <summary>The kinds that work: of those they have set up, all but the blocked ones.</summary>
    public FactorKinds WorkingFactors { get; init; }

    /// <summary>The longest wait after wrong codes.</summary>
    public DateTimeOffset? CodesLockedUntil { get; init; }

    /// <summary>Codes that were not accepted beside reset links, in a row, of the kind with the most.</summary>
    public int WrongCodesAtReset { get; init; }

    public DateTimeOffset? EmailRefusedAt { get; init; }

    public DateTimeOffset? LastSignInAt { get; init; }
}

/// <summary>Why somebody does not get in, or what waits for them at the door.</summary>
public abstract record StandingReason
{
    /// <summary>The home organization, with all its people.</summary>
    public sealed record OrganizationDeactivated(DateTimeOffset Since) : StandingReason;

    public sealed record Disabled(DateTimeOffset Since) : StandingReason;

    public sealed record Inactive(DateTimeOffset Since) : StandingReason;

    public sealed record TemporaryPasswordTooOld(DateTimeOffset Since) : StandingReason;

    /// <summary>And there is no password, so that nothing leads in until a new one is sent.</summary>
    public sealed record InvitationIsOver : StandingReason;

    /// <summary>By wrong answers to security questions (S2-34).</summary>
    public sealed record HardLocked : StandingReason;

    /// <summary>Everywhere but on devices that were used before, and for passkeys (S0-08).</summary>
    public sealed record Stopped(int Failures) : StandingReason;

    /// <summary>From some places, for a while (S0-07).</summary>
    /// <param name="Until">When the last of them is free.</param>
    public sealed record Locked(DateTimeOffset Until, int Places) : StandingReason;

    /// <summary>All of their second factors, by too many wrong codes (N-07).</summary>
    public sealed record SecondFactorBlocked : StandingReason;

    public sealed record CodesLocked(DateTimeOffset Until) : StandingReason;

    /// <summary>It opens one page only, on which they choose their own.</summary>
    public sealed record PasswordIsTemporary(DateTimeOffset Until) : StandingReason;

    /// <summary>By mail, to choose a password.</summary>
    public sealed record Invited(DateTimeOffset Until) : StandingReason;

    public sealed record PasswordIsCompromised : StandingReason;

    public sealed record PasswordHasExpired(DateTimeOffset Since) : StandingReason;

    /// <summary>One is required, and none is set up.</summary>
    public sealed record SecondFactorMissing : StandingReason;

    /// <summary>No code is looked at beside a reset link any more.</summary>
    public sealed record ResetStopped : StandingReason;

    /// <summary>Mails to them come back.</summary>
    public sealed record EmailRefused(DateTimeOffset Since) : StandingReason;

    public sealed record NeverSignedIn : StandingReason;
}

/// <summary>Answers "why can't she get in?" as the doors do.</summary>
public static class StandingRules
{
    /// <summary>All that is true, in the order in which it has to be dealt with; empty for whoever is just let in.</summary>
    public static IReadOnlyList<StandingReason> Check(
        AccountFacts facts, PasswordPolicy passwords, LockPolicy locks, SecondFactorPolicy secondFactors, DateTimeOffset now)
    {
        var password = PasswordRules.Due(facts.Password, passwords, now);
        var isInvited = facts.InvitedUntil > now;
        return [.. ShutOut(), .. HeldUp(), .. Asked(), .. Besides()];

        // Until somebody helps.
        IEnumerable<StandingReason> ShutOut()
        {
            if (facts.OrganizationDeactivatedAt is { } deactivatedAt) { yield return new StandingReason.OrganizationDeactivated(deactivatedAt); }
            if (facts.DisabledAt is { } disabledAt) { yield return new StandingReason.Disabled(disabledAt); }
            if (facts.InactivatedAt is { } inactivatedAt) { yield return new StandingReason.Inactive(inactivatedAt); }
            if (!facts.HasPassword && !isInvited) { yield return new StandingReason.InvitationIsOver(); }
            if (facts.HasPassword && !isInvited && password is PasswordDue.TemporaryTooOld) { yield return new StandingReason.TemporaryPasswordTooOld(facts.Password.SetAt + passwords.TemporaryLivesFor); }
            if (RecoveryRules.IsHardLocked(facts.WrongAnswers) && !facts.IsLastOperator) { yield return new StandingReason.HardLocked(); }
            if (facts.FailedSignIns >= locks.HardStopAfter && !facts.IsLastOperator) { yield return new StandingReason.Stopped(facts.FailedSignIns); }
            if (Demand() is SecondFactorDemand.Prove && !HasWorkingFactor()) { yield return new StandingReason.SecondFactorBlocked(); }
        }

        // For a while.
        IEnumerable<StandingReason> HeldUp()
        {
            var places = facts.LockedUntil.Where(until => LockRules.Holds(until, locks, now)).ToList();
            if (places.Count > 0) { yield return new StandingReason.Locked(places.Max(), places.Count); }
            if (facts.CodesLockedUntil is { } codesLockedUntil && LockRules.Holds(codesLockedUntil, locks, now)) { yield return new StandingReason.CodesLocked(codesLockedUntil); }
        }

        // At the next sign-in.
        IEnumerable<StandingReason> Asked()
        {
            switch (password)
            {
                case PasswordDue.ReplaceTemporary when facts.HasPassword:
                    yield return new StandingReason.PasswordIsTemporary(facts.Password.SetAt + passwords.TemporaryLivesFor);
                    break;
                case PasswordDue.ReplaceCompromised:
                    yield return new StandingReason.PasswordIsCompromised();
                    break;
                case PasswordDue.ReplaceExpired when facts.PasswordMayExpire:
                    yield return new StandingReason.PasswordHasExpired(facts.Password.SetAt + passwords.ExpiresAfter!.Value);
                    break;
            }

            if (isInvited) { yield return new StandingReason.Invited(facts.InvitedUntil!.Value); }
            if (Demand() is SecondFactorDemand.SetUp) { yield return new StandingReason.SecondFactorMissing(); }
        }

        IEnumerable<StandingReason> Besides()
        {
            if (facts.WrongCodesAtReset >= RecoveryRules.CodeTries) { yield return new StandingReason.ResetStopped(); }
            if (facts.EmailRefusedAt is { } refusedAt) { yield return new StandingReason.EmailRefused(refusedAt); }
            if (facts.LastSignInAt is null) { yield return new StandingReason.NeverSignedIn(); }
        }

        SecondFactorDemand Demand() => facts.SecondFactors is { } own ? SecondFactorRules.Decide(own, secondFactors, now) : SecondFactorDemand.None;

        bool HasWorkingFactor() => (SecondFactorRules.Usable(facts.SecondFactors!, secondFactors, now) & facts.WorkingFactors) is not FactorKinds.None;
    }
}
