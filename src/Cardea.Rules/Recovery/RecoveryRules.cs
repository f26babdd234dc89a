namespace Cardea.Rules.Recovery;

/// <summary>What is asked for beside the link, before a new password may be chosen.</summary>
public enum ProofAfterLink
{
    Nothing,

    /// <summary>One of the person's questions (S2-34).</summary>
    SecurityQuestion,

    /// <summary>A code of the authenticator app, or a recovery code: two proofs, as NIST SP 800-63B-4 asks of a recovery at AAL2 (N-16).</summary>
    SecondFactor,
}

/// <summary>How somebody gets back in who has forgotten the password.</summary>
public sealed record RecoveryPolicy
{
    /// <summary>24 hours (S2-33); an hour at most where NIST is followed (K-13).</summary>
    public required TimeSpan LinkLivesFor { get; init; }

    public required ProofAfterLink Proof { get; init; }
}

/// <summary>Why no link is sent, or why one that was sent is over. Only ever said by mail (S2-35).</summary>
public enum RecoveryRefusal
{
    Disabled,

    /// <summary>More wrong answers than <see cref="RecoveryRules.AnswerTries"/> allow (S2-34).</summary>
    HardLocked,

    NeverSignedIn,

    /// <summary>Not used for too long.</summary>
    Inactive,

    NoQuestions,

    /// <summary>Neither an authenticator app nor a recovery code is on file.</summary>
    NoSecondProof,
}

/// <summary>What is known of an account.</summary>
/// <param name="WrongAnswers">In a row, over all links.</param>
/// <param name="HasSecondProof">An authenticator app that works, or a recovery code.</param>
public sealed record RecoveryFacts(
    bool IsDisabled, bool IsInactive, DateTimeOffset? LastSignInCompletedAt, int WrongAnswers, int AnswersOnFile, bool HasSecondProof);

/// <summary>Who may reset a password by a mailed link (S2-30 to S2-36).</summary>
public static class RecoveryRules
{
    /// <summary>In all, whatever links they are tried with; the last miss locks the account (S2-34).</summary>
    public const int AnswerTries = 3;

    /// <summary>
    /// Codes of an app, and as many recovery codes, beside reset links, in a row; the fifth locks for a while. With the hundred of the sign-in it stays near
    /// what N-07 allows, and a thief of mail has no more.
    /// </summary>
    public const int CodeTries = 10;

    /// <summary>From the proof to the new password: time enough to be called away once.</summary>
    public static readonly TimeSpan ProofHoldsFor = TimeSpan.FromMinutes(30);

    /// <summary>Null for whoever may.</summary>
    /// <param name="inactiveAfter">Null where accounts do not become inactive.</param>
    public static RecoveryRefusal? Check(RecoveryFacts facts, ProofAfterLink proof, TimeSpan? inactiveAfter, DateTimeOffset now) => facts switch
    {
        { IsDisabled: true } => RecoveryRefusal.Disabled,
        _ when IsHardLocked(facts.WrongAnswers) => RecoveryRefusal.HardLocked,
        { IsInactive: true } => RecoveryRefusal.Inactive,
        { LastSignInCompletedAt: null } => RecoveryRefusal.NeverSignedIn,
        { LastSignInCompletedAt: { } last } when now - last > inactiveAfter => RecoveryRefusal.Inactive,
        { AnswersOnFile: 0 } when proof is ProofAfterLink.SecurityQuestion => RecoveryRefusal.NoQuestions,
        { HasSecondProof: false } when proof is ProofAfterLink.SecondFactor => RecoveryRefusal.NoSecondProof,
        _ => null,
    };

    /// <summary>Until an administrator or the help desk unlocks it.</summary>
    public static bool IsHardLocked(int wrongAnswers) => wrongAnswers >= AnswerTries;

    /// <summary>Which of a person's questions is asked, by its place among those on file: the same until it was answered, then the next (C-02).</summary>
    /// <param name="answered">How often the person got back in by a question.</param>
    public static int QuestionToAsk(int answered, int answersOnFile) => answered % answersOnFile;
}
