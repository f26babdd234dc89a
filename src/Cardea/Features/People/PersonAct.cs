using Cardea.Rules.Accounts;
using Cardea.Rules.Permissions;

namespace Cardea.Features.People;

/// <summary>What can be done to a person, each on a page of its own that asks once more.</summary>
public enum PersonAct
{
    Invite,
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
    /// <param name="isNew">Never in, and without a password of their own.</param>
    public static IReadOnlyList<PersonAct> For(bool isDeleted, bool isDisabled, bool isInactive, bool isNew) => (isDeleted, isDisabled, isInactive, isNew) switch
    {
        (true, _, _, _) => [PersonAct.Restore],
        (_, true, _, _) => [PersonAct.Enable, PersonAct.Delete],
        (_, _, true, _) => [PersonAct.Reactivate, PersonAct.Disable, PersonAct.Delete],
        (_, _, _, true) => [PersonAct.Invite, PersonAct.NewPassword, PersonAct.Unlock, PersonAct.Disable, PersonAct.Delete],
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
        StandingReason.Invited or StandingReason.InvitationIsOver => PersonAct.Invite,
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
