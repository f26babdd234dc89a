using System.Globalization;
using Cardea.Data;

namespace Cardea.Features.Messages;

/// <summary>A folder from which another program takes messages. A file appears whole or not at all, and its owner alone may read it.</summary>
internal sealed class PickupFolder(DataSettings data, string folder)
{
    /// <summary>Names in their order are messages in the order of sending.</summary>
    public static string Name(DateTimeOffset sentAt, string kind, Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"{sentAt:yyyyMMdd'T'HHmmss.fff'Z'}-{kind}-{id:N}");

    public async Task<DeliveryAnswer> WriteAsync(string name, string extension, Func<Stream, Task> write)
    {
        try
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(data.Data, folder)).FullName, name);
            await using (var stream = new FileStream($"{file}.tmp", OnlyForTheOwner))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move($"{file}.tmp", $"{file}{extension}", overwrite: true);
            return new DeliveryAnswer.Accepted("Written to the pickup folder.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new DeliveryAnswer.Closed($"The pickup folder cannot be written to ({problem.GetType().Name}).");
        }
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
