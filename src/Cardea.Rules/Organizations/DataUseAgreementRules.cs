namespace Cardea.Rules.Organizations;

/// <summary>How it stands with the agreement under which an organization uses the registry.</summary>
public enum DataUseAgreementState
{
    /// <summary>No last day is on file.</summary>
    Open,

    Runs,

    EndsSoon,

    IsOver,
}

/// <summary>Days are days on the calendar: an agreement holds until the end of its last one.</summary>
public static class DataUseAgreementRules
{
    /// <param name="noticeDays">For how many days before its last one it counts as ending soon.</param>
    public static DataUseAgreementState Decide(DateOnly? lastDay, DateOnly today, int noticeDays) => lastDay switch
    {
        null => DataUseAgreementState.Open,
        { } last when last < today => DataUseAgreementState.IsOver,
        { } last when last <= LatestToTellOf(today, noticeDays) => DataUseAgreementState.EndsSoon,
        _ => DataUseAgreementState.Runs,
    };

    /// <summary>Agreements with this last day, or an earlier one, end soon or are over.</summary>
    public static DateOnly LatestToTellOf(DateOnly today, int noticeDays) =>
        DateOnly.FromDayNumber(int.Min(today.DayNumber + noticeDays, DateOnly.MaxValue.DayNumber));

    public static bool AreInOrder(DateOnly? firstDay, DateOnly? lastDay) => firstDay is null || lastDay is null || firstDay <= lastDay;
}
