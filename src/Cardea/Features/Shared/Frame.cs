using Cardea.Features.Accounts;

namespace Cardea.Features.Shared;

/// <summary>What stands around every page: whose registry it is, who helps, who is signed in, and how long that lasts.</summary>
public sealed class Frame
{
    public required string RegistryName { get; set; }

    public required HelpDeskContact HelpDesk { get; set; }

    /// <summary>On whose side of the product the page is.</summary>
    public required Audience Audience { get; set; }

    /// <summary>Null for an anonymous visitor.</summary>
    public FramePerson? Person { get; set; }

    /// <summary>One of <see cref="Hosting.Languages.All"/>.</summary>
    public required string Language { get; set; }

    /// <summary>Null for an anonymous visitor, whose time is not limited.</summary>
    public FrameClock? Clock { get; set; }
}

public sealed record HelpDeskContact(string Name, string? Email, string? Phone, string? Web);

/// <param name="OrganizationCode">Null for a patient, who is not one of its people.</param>
/// <param name="IsComplete">False while a step of the sign-in journey is still due.</param>
public sealed record FramePerson(string DisplayName, string? OrganizationCode, bool IsComplete);

/// <summary>The server's count of the time that is left; the browser's own clock is never asked.</summary>
public sealed record FrameClock(int SecondsLeft, int WarnBeforeSeconds);
