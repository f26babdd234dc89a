using System.Buffers.Text;
using System.Text;
using Cardea.Features.Accounts;

namespace Cardea.Features.People;

/// <summary>Of all people, those in one of these states.</summary>
public enum PeopleFilter
{
    /// <summary>Whoever is not deleted.</summary>
    All,

    /// <summary>Never all the way in.</summary>
    New,

    /// <summary>Neither disabled nor inactive, and signed in before.</summary>
    Active,

    /// <summary>By wrong passwords, somewhere, now (S0-07).</summary>
    Locked,

    /// <summary>Until somebody helps: by wrong answers (S2-34), or far too many wrong passwords (S0-08).</summary>
    HardLocked,

    Disabled,

    /// <summary>S2-18.</summary>
    Inactive,

    /// <summary>The password has (S2-16).</summary>
    Expired,

    /// <summary>A temporary password, or an invitation, that nobody has used yet.</summary>
    InvitationPending,

    NoSecondFactor,

    /// <summary>S2-01.</summary>
    MayEdit,

    /// <summary>S2-01.</summary>
    MayOnlyView,

    Deleted,
}

public enum PeopleOrder
{
    Name,
    SignInName,
    Email,

    /// <summary>The newest account first.</summary>
    Newest,
}

/// <summary>What somebody looks for among the people in their reach.</summary>
/// <param name="Search">The beginning of a name, username, email address or organization code.</param>
/// <param name="After">The last of the page before.</param>
public sealed record PeopleQuery(string? Search, PeopleFilter Filter, PeopleOrder Order, PeopleCursor? After);

/// <summary>Where a page ended. It holds no right: whom one may see is asked anew for each page.</summary>
public sealed record PeopleCursor(string Key, Guid AccountId)
{
    private const char Separator = '\n';   // in no key

    /// <summary>Null for what is no cursor of ours: the list begins at its beginning.</summary>
    public static PeopleCursor? Read(string? text)
    {
        try
        {
            return text is { Length: <= 4 * SearchKey.MaxLength }
                && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator) is [var id, var key] && Guid.TryParse(id, out var accountId)
                ? new(key, accountId)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{AccountId}{Separator}{Key}"));
}

/// <summary>A line of the list.</summary>
public sealed record PersonRow
{
    public required Guid AccountId { get; init; }

    public required string GivenName { get; init; }

    public required string FamilyName { get; init; }

    public required string? Email { get; init; }

    public required string SignInName { get; init; }

    public required string OrganizationCode { get; init; }

    public required string OrganizationName { get; init; }

    public required Rules.Permissions.Roles Roles { get; init; }

    public required DateTimeOffset? LastSignInAt { get; init; }

    public required bool IsDisabled { get; init; }

    public required bool IsInactive { get; init; }

    public required bool IsDeleted { get; init; }

    public required bool IsLocked { get; init; }

    public required string Key { get; init; }
}

/// <param name="HasMore">Whether there is a next page.</param>
/// <param name="IsCut">More people begin with what was searched than are looked through: more letters narrow it down.</param>
public sealed record PeoplePage(IReadOnlyList<PersonRow> Rows, bool HasMore, bool IsCut)
{
    public PeopleCursor? Next => HasMore && Rows is [.., var last] ? new(last.Key, last.AccountId) : null;
}
