using Cardea.Features.Shared;
using Cardea.Rules.Passwords;
using Microsoft.Extensions.Localization;

namespace Cardea.Features.Passwords;

/// <summary>The sentence for each reason to refuse a password, wherever one is set. A new reason without words does not compile (CS8509).</summary>
public static class PasswordWords
{
    public static string Of(PasswordRefusal reason, PasswordPolicy policy, IStringLocalizer<Words> words) => reason switch
    {
        PasswordRefusal.TooShort => words["TooShort", policy.MinimumLength],
        PasswordRefusal.TooLong => words["TooLong", policy.MaximumLength],
        PasswordRefusal.ForbiddenCharacter => words["ForbiddenCharacter"],
        PasswordRefusal.NoUpperCase => words["NoUpperCase"],
        PasswordRefusal.NoLowerCase => words["NoLowerCase"],
        PasswordRefusal.NoDigit => words["NoDigit"],
        PasswordRefusal.NoSpecial => words["NoSpecial", policy.RequiredSpecials],
        PasswordRefusal.TooCommon => words["TooCommon"],
        PasswordRefusal.ContainsOwnWord => words["ContainsOwnWord"],
        PasswordRefusal.SameAsCurrent => words["SameAsCurrent"],
        PasswordRefusal.UsedBefore => words["UsedBefore", policy.HistoryLength],
    };

    /// <summary>What the list beside the field says before anything is typed (WCAG 3.3.2).</summary>
    public static PasswordRequirements Requirements(PasswordPolicy policy, string fieldId, IStringLocalizer<Words> words) =>
        new(
            fieldId,
            policy.MinimumLength,
            policy.MaximumLength,
            policy.RequireUpperCase,
            policy.RequireLowerCase,
            policy.RequireDigit,
            policy.RequiredSpecials.Length == 0 ? null : policy.RequiredSpecials)
        {
            Further = [words["NotOwnWord"], policy.HistoryLength == 1 ? words["NotCurrent"] : words["NotUsedBefore", policy.HistoryLength]],
        };
}
