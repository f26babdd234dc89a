using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Features.People;

/// <summary>What can be done to a person, each on a page of its own that asks once more.</summary>
public enum PersonAct
{
    Unlock,
    NewPassword,
    ResetSecondFactor,
    Reactivate,
    EndSessions,
    Disable,
    Enable,
    Delete,
    Restore,
}

public static class PersonActs
{
    /// <summary>The ones that mean something in the state in which the account is, the likeliest first.</summary>
    public static IReadOnlyList<PersonAct> For(bool isDeleted, bool isDisabled, bool isInactive) => (isDeleted, isDisabled, isInactive) switch
    {
        (true, _, _) => [PersonAct.Restore],
        (_, true, _) => [PersonAct.Enable, PersonAct.Delete],
        (_, _, true) => [PersonAct.Reactivate, PersonAct.Disable, PersonAct.Delete],
        _ => [PersonAct.Unlock, PersonAct.NewPassword, PersonAct.ResetSecondFactor, PersonAct.EndSessions, PersonAct.Disable, PersonAct.Delete],
    };

    /// <summary>What helps; null where the person helps themselves, or time does.</summary>
    public static PersonAct? Against(StandingReason reason) => reason switch
    {
        StandingReason.Disabled => PersonAct.Enable,
        StandingReason.Inactive => PersonAct.Reactivate,
        StandingReason.HardLocked or StandingReason.Stopped or StandingReason.Locked or StandingReason.CodesLocked or StandingReason.ResetStopped => PersonAct.Unlock,
        StandingReason.SecondFactorBlocked => PersonAct.ResetSecondFactor,
        StandingReason.TemporaryPasswordTooOld => PersonAct.NewPassword,
        _ => null,
    };

    /// <summary>Kept in the audit trail, where somebody will ask for it one day.</summary>
    public static bool AsksReason(PersonAct act) =>
        act is PersonAct.Reactivate or PersonAct.Disable or PersonAct.Enable or PersonAct.Delete or PersonAct.Restore;

    /// <summary>Whoever is on the phone could get into the account by it: is it its owner?</summary>
    public static bool OpensTheAccount(PersonAct act) => act is PersonAct.NewPassword or PersonAct.ResetSecondFactor or PersonAct.Reactivate;

    public static string PathOf(PersonAct act, Guid accountId) => $"{IndexModel.Path}/{accountId}/{Slug(act)}";

    private static string Slug(PersonAct act) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(act.ToString());
}
