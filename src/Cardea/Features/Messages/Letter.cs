namespace Cardea.Features.Messages;

/// <summary>Everything that a mail shows, in one language: its HTML part and its text part are the same words.</summary>
public sealed record Letter
{
    public required string Language { get; init; }

    public required string RegistryName { get; init; }

    public required string Subject { get; init; }

    public required string Greeting { get; init; }

    public required IReadOnlyList<MailBlock> Blocks { get; init; }

    public required string HelpDeskHeading { get; init; }

    public required IReadOnlyList<HelpDeskLine> HelpDesk { get; init; }

    public required string DoNotReply { get; init; }
}

/// <param name="Label">Null for the name of the help desk itself.</param>
/// <param name="Link">What a click does; null when the value is no link.</param>
public sealed record HelpDeskLine(string? Label, string Value, string? Link = null);
