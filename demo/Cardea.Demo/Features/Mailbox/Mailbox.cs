using MimeKit;

namespace Cardea.Demo.Features.Mailbox;

/// <summary>A message that the product sent, as <c>mailbox.json</c> tells it.</summary>
/// <param name="Id">Name of its file, and of its HTML page.</param>
public sealed record SentMessage(string Id, string To, string Channel, string Subject, string Text, string Html, DateTimeOffset At);

/// <summary>Reads what the product wrote into its pickup folder.</summary>
public sealed class Mailbox(DemoFolder folder)
{
    private const string Extension = ".eml";

    /// <summary>The names begin with the time, so that their order is that of sending.</summary>
    public IEnumerable<SentMessage> NewestFirst() =>
        Directory.Exists(folder.Mails)
            ? Directory.EnumerateFiles(folder.Mails, $"*{Extension}").OrderDescending(StringComparer.Ordinal).Select(Read)
            : [];

    public SentMessage? Find(string id) => NewestFirst().FirstOrDefault(message => message.Id == id);

    private static SentMessage Read(string file)
    {
        using var mail = MimeMessage.Load(file);
        return new(
            Path.GetFileNameWithoutExtension(file),
            mail.To.Mailboxes.Single().Address,
            "email",
            mail.Subject ?? "",
            mail.TextBody ?? "",
            mail.HtmlBody ?? "",
            mail.Date);
    }
}
