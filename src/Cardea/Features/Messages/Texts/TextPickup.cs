using System.Text;
using Cardea.Data;
using Microsoft.Extensions.Options;

namespace Cardea.Features.Messages.Texts;

/// <summary>Texts as .txt files, in the order of their names: the number, an empty line, the words.</summary>
public sealed class TextPickup(IOptions<DataSettings> data, TimeProvider clock) : ITextDelivery
{
    public Task<DeliveryAnswer> DeliverAsync(OutgoingText text) => new PickupFolder(data.Value, "texts").WriteAsync(
        PickupFolder.Name(clock.Now, text.Kind, text.Id),
        ".txt",
        async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes($"To: {text.To}\n\n{text.Body}\n")));
}
