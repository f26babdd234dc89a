using Cardea.Rules.Accounts;
using Cardea.Rules.Passwords;
using Cardea.Rules.Permissions;
using Cardea.Rules.SecondFactors;
using Cardea.Rules.SignIn;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Accounts;

[Scenario("S0-07", "S0-08", "S2-34")]
public class StandingRulesTests
{
    private static readonly DateTimeOffset Now = Monday.AddDays(1), Before = Monday.AddHours(-1), Later = Now.AddMinutes(3);

    private static readonly AccountFacts LetIn = new()
    {
        Password = new(Monday, IsTemporary: false, IsCompromised: false),
        PasswordMayExpire = true,
        SecondFactors = new(Roles.Standard, RequiredForAccount: true, FactorKinds.Authenticator, Organization: null),
        WorkingFactors = FactorKinds.Authenticator,
        LastSignInAt = Monday,
    };

    private static readonly PasswordFacts Temporary = new(Monday, IsTemporary: true, IsCompromised: false);

    private static readonly PasswordPolicy Passwords = Tests.Passwords.Policies.Miic;

    private static readonly SecondFactorPolicy Factors = new() { Scope = SecondFactorScope.ByAccount, Allowed = FactorKinds.Authenticator | FactorKinds.Passkey };

    public static TheoryData<AccountFacts, StandingReason> OneByOne => new()
    {
        { LetIn with { OrganizationDeactivatedAt = Before }, new StandingReason.OrganizationDeactivated(Before) },
        { LetIn with { DisabledAt = Before }, new StandingReason.Disabled(Before) },
        { LetIn with { InactivatedAt = Before }, new StandingReason.Inactive(Before) },
        { LetIn with { Password = new(Now.AddDays(-3), IsTemporary: true, IsCompromised: false) }, new StandingReason.TemporaryPasswordTooOld(Now) },
        { LetIn with { Password = Temporary, HasPassword = false, InvitedUntil = Now }, new StandingReason.InvitationIsOver() },
        { LetIn with { Password = Temporary, HasPassword = false }, new StandingReason.InvitationIsOver() },
        { LetIn with { Password = Temporary, HasPassword = false, InvitedUntil = Later }, new StandingReason.Invited(Later) },
        { LetIn with { Password = Temporary with { SetAt = Now.AddDays(-3) }, InvitedUntil = Later }, new StandingReason.Invited(Later) },
        { LetIn with { WrongAnswers = 3 }, new StandingReason.HardLocked() },
        { LetIn with { FailedSignIns = 100 }, new StandingReason.Stopped(100) },
        { LetIn with { WorkingFactors = FactorKinds.None }, new StandingReason.SecondFactorBlocked() },
        { LetIn with { LockedUntil = [Later] }, new StandingReason.Locked(Later, 1) },
        { LetIn with { LockedUntil = [Later, Now, Later - Instant] }, new StandingReason.Locked(Later, 2) },
        { LetIn with { CodesLockedUntil = Later }, new StandingReason.CodesLocked(Later) },
        { LetIn with { Password = new(Monday, IsTemporary: true, IsCompromised: false) }, new StandingReason.PasswordIsTemporary(Monday.AddDays(3)) },
        { LetIn with { Password = new(Monday, IsTemporary: false, IsCompromised: true) }, new StandingReason.PasswordIsCompromised() },
        { LetIn with { Password = new(Now.AddDays(-60), IsTemporary: false, IsCompromised: false) }, new StandingReason.PasswordHasExpired(Now) },
        { LetIn with { SecondFactors = LetIn.SecondFactors! with { Enrolled = FactorKinds.None } }, new StandingReason.SecondFactorMissing() },
        { LetIn with { WrongCodesAtReset = 10 }, new StandingReason.ResetStopped() },
        { LetIn with { EmailRefusedAt = Before }, new StandingReason.EmailRefused(Before) },
        { LetIn with { LastSignInAt = null }, new StandingReason.NeverSignedIn() },
    };

    public static TheoryData<AccountFacts> Harmless =>
    [
        LetIn,
        LetIn with { Password = new(Now.AddDays(-60) + Instant, IsTemporary: false, IsCompromised: false) },
        LetIn with { WrongAnswers = 2 },
        LetIn with { FailedSignIns = 99 },
        LetIn with { LockedUntil = [Now, Before] },
        LetIn with { CodesLockedUntil = Now },
        LetIn with { WrongCodesAtReset = 9 },
        LetIn with { SecondFactors = LetIn.SecondFactors! with { Enrolled = FactorKinds.Authenticator | FactorKinds.Passkey } },   // one of two is blocked
        LetIn with { SecondFactors = LetIn.SecondFactors! with { RequiredForAccount = false, Enrolled = FactorKinds.None }, WorkingFactors = FactorKinds.None },
    ];

    [Theory, MemberData(nameof(OneByOne))]
    public void Each_fact_is_told_as_what_it_is(AccountFacts facts, StandingReason reason) => Assert.Equal([reason], Check(facts));

    [Theory, MemberData(nameof(Harmless))]
    public void What_keeps_nobody_out_is_not_told(AccountFacts facts) => Assert.Empty(Check(facts));

    [Fact]
    public void What_has_to_be_dealt_with_first_comes_first()
    {
        var facts = LetIn with
        {
            OrganizationDeactivatedAt = Before,
            DisabledAt = Before,
            InactivatedAt = Before,
            Password = new(Monday, IsTemporary: false, IsCompromised: true),
            WrongAnswers = 3,
            FailedSignIns = 100,
            LockedUntil = [Later],
            WorkingFactors = FactorKinds.None,
            CodesLockedUntil = Later,
            WrongCodesAtReset = 10,
            EmailRefusedAt = Before,
            LastSignInAt = null,
        };

        Assert.Equal(
            ["OrganizationDeactivated", "Disabled", "Inactive", "HardLocked", "Stopped", "SecondFactorBlocked", "Locked", "CodesLocked", "PasswordIsCompromised", "ResetStopped", "EmailRefused", "NeverSignedIn"],
            Check(facts).Select(reason => reason.GetType().Name));
    }

    /// <summary>Guesses of strangers never keep out whoever alone can run the registry; what its owners did themselves does.</summary>
    [Fact, Scenario("X-05")]
    public void The_last_operator_is_neither_stopped_nor_locked_for_good()
    {
        var facts = LetIn with { IsLastOperator = true, WrongAnswers = 3, FailedSignIns = 100, LockedUntil = [Later] };

        Assert.Equal([new StandingReason.Locked(Later, 1)], Check(facts));
    }

    [Fact, Scenario("S1-09")]
    public void Passwords_of_patients_do_not_expire_and_no_second_factor_is_asked_of_them()
    {
        var facts = LetIn with
        {
            Password = new(Now.AddDays(-400), IsTemporary: false, IsCompromised: false),
            PasswordMayExpire = false,
            SecondFactors = null,
            WorkingFactors = FactorKinds.None,
        };

        Assert.Empty(Check(facts));
    }

    private static IReadOnlyList<StandingReason> Check(AccountFacts facts) => StandingRules.Check(facts, Passwords, new LockPolicy(), Factors, Now);
}
