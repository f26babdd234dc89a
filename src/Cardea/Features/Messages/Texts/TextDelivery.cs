namespace Cardea.Features.Messages.Texts;

/// <summary>Where texts go to. Limits its own time; a stop of the product lets it finish the message in hand.</summary>
public interface ITextDelivery
{
    Task<DeliveryAnswer> DeliverAsync(OutgoingText text);
}

public sealed record OutgoingText(Guid Id, string Kind, string To, string Body);
