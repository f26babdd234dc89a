using Cardea.Data;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Cardea.Features.Messages;

/// <summary>Mails as .eml files, in the order of their names.</summary>
public sealed class PickupDelivery(IOptions<DataSettings> data) : IMailDelivery
{
    public Task<DeliveryAnswer> DeliverAsync(OutgoingMail mail)
    {
        mail.Message.Prepare(EncodingConstraint.SevenBit);
        return new PickupFolder(data.Value, "mail")
            .WriteAsync(PickupFolder.Name(mail.Message.Date, mail.Kind, mail.Id), ".eml", stream => mail.Message.WriteToAsync(stream));
    }
}
