namespace Cardea.Features.Messages;

public interface IMail : IMessage
{
    string ToName { get; }

    /// <summary>Whether it comes from the help desk's address, where the registry has one (S2-16).</summary>
    bool IsFromHelpDesk => false;

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
