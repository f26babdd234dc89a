using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors;

/// <summary>What comes of typing a code at sign-in, whatever kind of code it is.</summary>
public abstract record ProveOutcome
{
    /// <param name="SessionSecret">The session can do more from now on, so it has a new one.</param>
    public sealed record Proven(string SessionSecret) : ProveOutcome
    {
        /// <summary>Without its secret.</summary>
        public override string ToString() => nameof(Proven);
    }

    /// <summary>Wrong, too old, or used before.</summary>
    public sealed record NotAccepted : ProveOutcome;

    /// <param name="Minutes">See <see cref="TotpVerdict.ClockIsOff"/>.</param>
    public sealed record ClockIsOff(int Minutes) : ProveOutcome;

    public sealed record Locked(int Minutes) : ProveOutcome;

    /// <summary>It proves nothing (any more): blocked (<see cref="Factor.BlockedAt"/>), or not allowed here. Another way is needed.</summary>
    public sealed record Unusable : ProveOutcome;

    public sealed record TooBusy : ProveOutcome;
}
