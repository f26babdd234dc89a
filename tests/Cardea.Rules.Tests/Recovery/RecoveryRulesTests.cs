using Cardea.Rules.Recovery;
using CsCheck;
using Xunit;
using static Cardea.Rules.Tests.Times;

namespace Cardea.Rules.Tests.Recovery;

[Scenario("S2-34", "S2-35")]
public class RecoveryRulesTests
{
    private static readonly TimeSpan NinetyDays = TimeSpan.FromDays(90);
    private static readonly RecoveryFacts Fine = new(
        IsDisabled: false, IsInactive: false, Monday.AddDays(-1), WrongAnswers: 0, AnswersOnFile: 3, HasSecondProof: true);

    [Theory]
    [InlineData(ProofAfterLink.Nothing)]
    [InlineData(ProofAfterLink.SecurityQuestion)]
    [InlineData(ProofAfterLink.SecondFactor)]
    public void Whoever_has_all_that_is_asked_for_may_reset(ProofAfterLink proof) =>
        Assert.Null(RecoveryRules.Check(Fine, proof, NinetyDays, Monday));

    [Fact]
    public void Each_lack_has_its_own_reason()
    {
        Assert.Equal(RecoveryRefusal.Disabled, Check(Fine with { IsDisabled = true }));
        Assert.Equal(RecoveryRefusal.Inactive, Check(Fine with { IsInactive = true }));
        Assert.Equal(RecoveryRefusal.NeverSignedIn, Check(Fine with { LastSignInCompletedAt = null }));
        Assert.Equal(RecoveryRefusal.HardLocked, Check(Fine with { WrongAnswers = 3 }));
        Assert.Equal(RecoveryRefusal.NoQuestions, Check(Fine with { AnswersOnFile = 0 }));
        Assert.Equal(RecoveryRefusal.NoSecondProof, Check(Fine with { HasSecondProof = false }, ProofAfterLink.SecondFactor));
    }

    [Theory]
    [InlineData(90, 0, null)]
    [InlineData(90, 1, RecoveryRefusal.Inactive)]
    [InlineData(89, 86_399, null)]
    public void Ninety_days_and_a_second_are_too_long(int days, int seconds, RecoveryRefusal? expected) =>
        Assert.Equal(expected, Check(Fine with { LastSignInCompletedAt = Monday.AddDays(-days).AddSeconds(-seconds) }));

    [Fact]
    public void Without_the_rule_nobody_is_away_for_too_long() =>
        Gen.Int[0, 20_000].Sample(days => Assert.Null(
            RecoveryRules.Check(Fine with { LastSignInCompletedAt = Monday.AddDays(-days) }, ProofAfterLink.Nothing, inactiveAfter: null, Monday)));

    [Fact]
    public void What_the_policy_does_not_ask_for_nobody_lacks() =>
        Assert.Null(RecoveryRules.Check(Fine with { AnswersOnFile = 0, HasSecondProof = false }, ProofAfterLink.Nothing, NinetyDays, Monday));

    [Fact]
    public void The_third_miss_locks_and_each_after_it() =>
        Gen.Int[0, 1000].Sample(wrong => Assert.Equal(wrong >= 3, RecoveryRules.IsHardLocked(wrong)));

    /// <summary>C-02: the same until it was answered; then the next, and all in turn.</summary>
    [Fact, Scenario("C-02")]
    public void Each_question_has_its_turn() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 5]).Sample((answered, onFile) =>
        {
            var asked = RecoveryRules.QuestionToAsk(answered, onFile);
            Assert.InRange(asked, 0, onFile - 1);
            Assert.Equal(onFile == 1 ? asked : (asked + 1) % onFile, RecoveryRules.QuestionToAsk(answered + 1, onFile));
        });

    private static RecoveryRefusal? Check(RecoveryFacts facts, ProofAfterLink proof = ProofAfterLink.SecurityQuestion) =>
        RecoveryRules.Check(facts, proof, NinetyDays, Monday);
}
