namespace Cardea.Features.Recovery;

/// <summary>What comes of showing a link together with what is asked for beside it.</summary>
public abstract record ProveResetOutcome
{
    /// <param name="Ticket">For this browser alone: it may choose the new password.</param>
    public sealed record Proven(string Ticket) : ProveResetOutcome
    {
        /// <summary>Without its secret.</summary>
        public override string ToString() => nameof(Proven);
    }

    /// <summary>Used, too old, not the newest, or the account has changed since.</summary>
    public sealed record LinkIsOver : ProveResetOutcome;

    /// <param name="TriesLeft">Until the account is locked; null where a while must be waited instead.</param>
    public sealed record NotAccepted(int? TriesLeft) : ProveResetOutcome;

    /// <summary>Until somebody unlocks it (S2-34).</summary>
    public sealed record HardLocked : ProveResetOutcome;

    /// <summary>What was typed is no code of either kind: nothing was counted.</summary>
    public sealed record NoCode : ProveResetOutcome;

    /// <summary>Of codes, until somebody unlocks the account: nothing was evaluated.</summary>
    public sealed record NoMoreCodes : ProveResetOutcome;

    /// <summary>Of codes, for a while: nothing was evaluated.</summary>
    /// <param name="Minutes">To wait.</param>
    public sealed record Locked(int Minutes) : ProveResetOutcome;

    public sealed record TooBusy : ProveResetOutcome;
}
