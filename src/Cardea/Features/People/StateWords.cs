using Microsoft.Extensions.Localization;

namespace Cardea.Features.People;

/// <summary>What is the matter with somebody, a word each.</summary>
public static class StateWords
{
    public static IEnumerable<string> Of(PersonRow row, IStringLocalizer words)
    {
        if (row.IsDeleted) { yield return words["StateDeleted"]; }
        else if (row.IsDisabled) { yield return words["StateDisabled"]; }

        if (row.IsInactive) { yield return words["StateInactive"]; }
        if (row.IsLocked) { yield return words["StateLocked"]; }
        if (row.LastSignInAt is null) { yield return words["StateNew"]; }
    }
}
