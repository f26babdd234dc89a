using System.Globalization;
using Cardea.Data;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Cardea.Features.Messages;

/// <summary>Mails as .eml files, in the order of their names. A file appears whole or not at all, and its owner alone may read it.</summary>
public sealed class PickupDelivery(IOptions<DataSettings> data) : IMailDelivery
{
    public async Task<DeliveryAnswer> DeliverAsync(OutgoingMail mail)
    {
        try
        {
            await WriteAsync(mail);
            return new DeliveryAnswer.Accepted("Written to the pickup folder.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new DeliveryAnswer.Closed($"The pickup folder cannot be written to ({problem.GetType().Name}).");
        }
    }

    private async Task WriteAsync(OutgoingMail mail)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data.Value.Data, "mail"));
        var sentAt = mail.Message.Date.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var file = Path.Combine(folder.FullName, $"{sentAt}-{mail.Kind}-{mail.Id:N}.eml");
        var unfinished = Path.ChangeExtension(file, ".tmp");

        mail.Message.Prepare(EncodingConstraint.SevenBit);
        await using (var stream = new FileStream(unfinished, OnlyForTheOwner))
        {
            await mail.Message.WriteToAsync(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    private static FileStreamOptions OnlyForTheOwner
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return options;
        }
    }
}
