using System.Globalization;
using MimeKit;

namespace Cardea.Demo.Features.Mailbox;

/// <summary>A message that the product sent, as <c>mailbox.json</c> tells it.</summary>
/// <param name="Id">Name of its file, and of its HTML page.</param>
/// <param name="Channel">"email" or "text"; a text has neither subject nor HTML.</param>
public sealed record SentMessage(string Id, string To, string Channel, string Subject, string Text, string Html, DateTimeOffset At);

/// <summary>Reads what the product wrote into its pickup folders.</summary>
public sealed class Mailbox(DemoFolder folder)
{
    private const string TimeInNames = "yyyyMMdd'T'HHmmss.fff'Z'";

    /// <summary>The names begin with the time, so that their order is that of sending.</summary>
    public IEnumerable<SentMessage> NewestFirst() =>
        FilesIn(folder.Mails, "*.eml").Select(file => (Name: Path.GetFileName(file), Message: ReadMail(file)))
            .Concat(FilesIn(folder.Texts, "*.txt").Select(file => (Name: Path.GetFileName(file), Message: ReadText(file))))
            .OrderByDescending(sent => sent.Name, StringComparer.Ordinal)
            .Select(sent => sent.Message);

    public SentMessage? Find(string id) => NewestFirst().FirstOrDefault(message => message.Id == id);

    private static IEnumerable<string> FilesIn(string folder, string pattern) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [];

    private static SentMessage ReadMail(string file)
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

    /// <summary>"To: +16125550123", an empty line, the words.</summary>
    private static SentMessage ReadText(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var parts = File.ReadAllText(file).Split("\n\n", 2);
        return new(
            name,
            parts[0]["To: ".Length..],
            "text",
            Subject: "",
            parts[1].TrimEnd('\n'),
            Html: "",
            DateTimeOffset.ParseExact(name[..name.IndexOf('-', StringComparison.Ordinal)], TimeInNames, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }
}
