using System.Text.RegularExpressions;
using MimeKit;

namespace Cardea.Tests.EmailAddresses;

/// <summary>What the product has sent, as its recipients see it.</summary>
public static partial class Mailbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    extension(CardeaApp app)
    {
        /// <summary>The mails to an address, first to last; waits until there are as many as expected.</summary>
        public async Task<IReadOnlyList<MimeMessage>> MailsToAsync(string address, int expected)
        {
            var folder = Directory.CreateDirectory(Path.Combine(app.Folder, "mail"));
            using var news = new FileSystemWatcher(folder.FullName, "*.eml");
            using var arrived = new SemaphoreSlim(0);
            news.Created += (_, _) => arrived.Release();
            news.Renamed += (_, _) => arrived.Release();
            news.EnableRaisingEvents = true;

            while (true)
            {
                var mails = folder.GetFiles("*.eml").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => MimeMessage.Load(file.FullName))
                    .Where(mail => mail.To.Mailboxes.Single().Address == address).ToList();
                if (mails.Count >= expected)
                {
                    return mails;
                }

                Assert.True(await arrived.WaitAsync(Patience), $"{expected} mails to {address} were expected, {mails.Count} came.");
            }
        }

        /// <summary>The code in the newest of the mails to an address.</summary>
        public async Task<string> CodeSentToAsync(string address, int expected = 1) =>
            Code().Match((await app.MailsToAsync(address, expected))[^1].TextBody ?? "").Value;
    }

    [GeneratedRegex(@"(?<=^\s*)\d{6}(?=\s*$)", RegexOptions.Multiline)]
    private static partial Regex Code();
}
