using System.Text.RegularExpressions;
using MimeKit;

namespace Cardea.BrowserTests.Infrastructure;

/// <summary>The mails that an app sent, in its pickup folder.</summary>
public static partial class Mailbox
{
    extension(CardeaApp app)
    {
        /// <summary>The six digits of a mail to this address, as soon as it is there.</summary>
        public async Task<string> CodeMailedToAsync(string address)
        {
            var folder = Directory.CreateDirectory(Path.Combine(app.Folder, "mail")).FullName;
            var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            using var watcher = new FileSystemWatcher(folder, "*.eml");
            watcher.Renamed += (_, finished) => Open(finished.FullPath);
            watcher.EnableRaisingEvents = true;
            foreach (var mail in Directory.EnumerateFiles(folder, "*.eml"))
            {
                Open(mail);
            }

            return await arrived.Task.WaitAsync(Chromium.Patience);

            void Open(string file)
            {
                using var mail = MimeMessage.Load(file);
                if (mail.To.Mailboxes.Any(recipient => recipient.Address == address) && SixDigits().Match(mail.TextBody ?? "") is { Success: true } code)
                {
                    arrived.TrySetResult(code.Value);
                }
            }
        }
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
