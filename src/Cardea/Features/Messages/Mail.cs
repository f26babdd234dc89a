namespace Cardea.Features.Messages;

/// <summary>
/// One message to one person. A record a kind, in the feature that promises it, which also adds it to the kinds that can be sent
/// (<see cref="MessagesFeature"/>). Its properties are kept, encrypted, until it is sent.
/// </summary>
public interface IMail
{
    /// <summary>Names it in the database and is safe to log: "email-code".</summary>
    static abstract string Kind { get; }

    Guid? AccountId { get; }

    string To { get; }

    string ToName { get; }

    /// <summary>One of the languages of the product; else English.</summary>
    string? Language { get; }

    DateTimeOffset UselessAfter { get; }

    /// <summary>What it says, asked for when it is sent.</summary>
    MailText Write(MailContext context);
}

/// <summary>The words of one mail. The greeting, the help desk and the rest of the frame are the same for all.</summary>
public sealed record MailText(string Subject, IReadOnlyList<MailBlock> Blocks);

public abstract record MailBlock
{
    public sealed record Paragraph(string Text) : MailBlock;

    /// <summary>Something to copy or type by hand, so it is shown large.</summary>
    public sealed record Code(string Text) : MailBlock;

    /// <summary>Shown with its address beside it, for whoever cannot or will not follow a link.</summary>
    public sealed record Link(string Text, Uri Address) : MailBlock;
}
