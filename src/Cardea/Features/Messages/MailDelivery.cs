using MimeKit;

namespace Cardea.Features.Messages;

/// <summary>
/// Where mails go to. Lives as long as one round of sending, and a connection with it. Limits its own time; a stop of the product lets it
/// finish the message in hand.
/// </summary>
public interface IMailDelivery
{
    Task<DeliveryAnswer> DeliverAsync(OutgoingMail mail);
}

public sealed record OutgoingMail(Guid Id, string Kind, MimeMessage Message);

/// <summary>What came of handing a message over. Its texts are kept and logged: codes and reasons, never an address.</summary>
public abstract record DeliveryAnswer(string Text)
{
    public sealed record Accepted(string Text) : DeliveryAnswer(Text);

    /// <summary>For good: trying again would change nothing.</summary>
    public sealed record Refused(string Text) : DeliveryAnswer(Text);

    /// <summary>This message, for now.</summary>
    public sealed record Postponed(string Text) : DeliveryAnswer(Text);

    /// <summary>The whole way is closed for now, whatever the message.</summary>
    public sealed record Closed(string Text) : DeliveryAnswer(Text);
}
