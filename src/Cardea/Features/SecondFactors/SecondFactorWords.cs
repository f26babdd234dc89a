using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors;

/// <summary>Why a code was not accepted, for every page that asks for one.</summary>
public static class SecondFactorWords
{
    /// <summary>S0-11.</summary>
    public static string Of(ProveOutcome.ClockIsOff off, IStringLocalizer<Words> words) => off.Minutes switch
    {
        1 => words["ClockOneMinuteFast"],
        -1 => words["ClockOneMinuteSlow"],
        > 0 => words["ClockFast", off.Minutes],
        _ => words["ClockSlow", -off.Minutes],
    };

    public static string Of(ProveOutcome.Locked locked, IStringLocalizer<Words> words) =>
        locked.Minutes == 1 ? words["LockedOneMinute"] : words["LockedMinutes", locked.Minutes];
}
