using Cardea.Features.SecondFactors.Recovery;
using Cardea.Rules.SecondFactors;

namespace Cardea.Features.SecondFactors;

/// <summary>What comes of setting up a factor, whatever its kind.</summary>
public abstract record AddFactorOutcome
{
    /// <param name="SessionSecret">The session can do more from now on, so it has a new one.</param>
    /// <param name="RecoveryCodes">To be shown once; null where the person has some already.</param>
    public sealed record Added(string SessionSecret, IReadOnlyList<RecoveryCode>? RecoveryCodes) : AddFactorOutcome
    {
        /// <summary>Without its secrets.</summary>
        public override string ToString() => nameof(Added);
    }

    public sealed record WrongCode : AddFactorOutcome;

    /// <param name="Minutes">See <see cref="TotpVerdict.ClockIsOff"/>.</param>
    public sealed record ClockIsOff(int Minutes) : AddFactorOutcome;

    public sealed record Locked(int Minutes) : AddFactorOutcome;

    /// <summary>In another tab, or by the other click of two.</summary>
    public sealed record WasAddedBefore : AddFactorOutcome;

    public sealed record TooBusy : AddFactorOutcome;
}
