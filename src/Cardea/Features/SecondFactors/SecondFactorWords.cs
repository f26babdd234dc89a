using Microsoft.Extensions.Localization;

namespace Cardea.Features.SecondFactors;

/// <summary>How factors are called, and why a code was not accepted, for every page.</summary>
public static class SecondFactorWords
{
    /// <summary>Its kind, with the name that its owner gave it, if they did.</summary>
    public static string Of(Factor factor, IStringLocalizer<Words> words) =>
        factor.Name is { } name ? words["FactorNamed", words[$"Choose{factor.Kind}"].Value, name] : words[$"Choose{factor.Kind}"];

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
