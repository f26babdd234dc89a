using Cardea.Rules.Permissions;

namespace Cardea.Rules.Announcements;

public enum AnnouncementKind
{
    News,

    /// <summary>Stands on the sign-in page, too: it concerns whoever is about to sign in.</summary>
    Maintenance,
}

/// <summary>Who is meant, within the organization or everywhere.</summary>
public enum AnnouncementAudience
{
    Everybody,

    /// <summary>Those who <see cref="PermissionRules.ManagesPeople">manage people</see>.</summary>
    Administrators,
}

public enum AnnouncementTime
{
    Coming,
    Current,
    Past,
}

/// <summary>Somebody who may write announcements.</summary>
/// <param name="OrganizationId">For which they work now.</param>
/// <param name="ReachesAll">Else only the own organization.</param>
/// <param name="MayAnnounceMaintenance">What stands on the sign-in page is read by strangers, too.</param>
public sealed record AnnouncementWriter(Guid OrganizationId, bool ReachesAll, bool MayAnnounceMaintenance)
{
    /// <param name="organizationId">Null for all organizations.</param>
    /// <returns>False where the announcement does not exist for this writer .</returns>
    public bool Reaches(AnnouncementKind kind, Guid? organizationId) =>
        (ReachesAll || organizationId == OrganizationId) && (kind is not AnnouncementKind.Maintenance || MayAnnounceMaintenance);
}

/// <summary>An announcement in one language, as it was typed.</summary>
public sealed record Wording(string Title, string Body)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Body);
}

/// <param name="Wordings">The first one stands in for each that is blank.</param>
public sealed record AnnouncementDraft(
    AnnouncementKind Kind, AnnouncementAudience Audience, Guid? OrganizationId, DateTimeOffset From, DateTimeOffset? Until, IReadOnlyList<Wording> Wordings);

public sealed record WordingRefusals(PlainLineRefusal? Title, PlainLineRefusal? Body)
{
    public bool Any => this is not (null, null);
}

/// <summary>What is wrong with an announcement, field by field.</summary>
public sealed record AnnouncementRefusals
{
    /// <summary>The sign-in page does not know who reads it.</summary>
    public bool MaintenanceIsForEverybody { get; init; }

    public bool MaintenanceHasNoEnd { get; init; }

    public bool EndsBeforeItBegins { get; init; }

    /// <summary>In the order of the wordings.</summary>
    public required IReadOnlyList<WordingRefusals> Wordings { get; init; }

    public bool Any => MaintenanceIsForEverybody || MaintenanceHasNoEnd || EndsBeforeItBegins || Wordings.Any(wording => wording.Any);
}

/// <summary>Who writes announcements to whom, and who sees them when.</summary>
public static class AnnouncementRules
{
    public const int TitleMaxLength = 120, BodyMaxLength = 2000;

    /// <summary>How long before maintenance the sign-in page speaks of it.</summary>
    public static readonly TimeSpan MaintenanceNotice = TimeSpan.FromHours(24);

    /// <summary>Null for whoever writes none.</summary>
    /// <param name="permissions">Those that the person holds in the organization for which they work now.</param>
    public static AnnouncementWriter? WriterOf(IReadOnlyList<string> permissions, Guid organizationId)
    {
        var reach = AdministrationRules.ReachOf(permissions);
        return !permissions.Contains(PermissionRules.AnnouncementsWrite) || reach is Reach.Nobody
            ? null
            : new(organizationId, reach is Reach.Everybody, reach is Reach.Everybody && permissions.Contains(PermissionRules.OrganizationsManage));
    }

    public static AnnouncementRefusals Check(AnnouncementDraft draft) => new()
    {
        MaintenanceIsForEverybody = draft is { Kind: AnnouncementKind.Maintenance } and not { OrganizationId: null, Audience: AnnouncementAudience.Everybody },
        MaintenanceHasNoEnd = draft is { Kind: AnnouncementKind.Maintenance, Until: null },
        EndsBeforeItBegins = draft.Until <= draft.From,
        Wordings = [.. draft.Wordings.Select((wording, index) => index > 0 && wording.IsBlank
            ? new(null, null)
            : new WordingRefusals(PlainLine.Check(wording.Title, TitleMaxLength), PlainText.Check(wording.Body, BodyMaxLength)))],
    };

    public static AnnouncementTime Decide(DateTimeOffset from, DateTimeOffset? until, DateTimeOffset now) =>
        until <= now ? AnnouncementTime.Past
        : from > now ? AnnouncementTime.Coming
        : AnnouncementTime.Current;

    /// <summary>Of maintenance: while it lasts, and some time before.</summary>
    public static bool IsOnSignInPage(DateTimeOffset from, DateTimeOffset? until, DateTimeOffset now) =>
        Decide(from - MaintenanceNotice, until, now) is AnnouncementTime.Current;

    public static bool IsMeant(AnnouncementAudience audience, Roles roles) => audience switch
    {
        AnnouncementAudience.Everybody => true,
        AnnouncementAudience.Administrators => PermissionRules.ManagesPeople(roles),
    };
}
