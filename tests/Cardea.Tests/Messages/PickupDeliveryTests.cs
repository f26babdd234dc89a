using System.Runtime.Versioning;
using Cardea.Features.Messages;

namespace Cardea.Tests.Messages;

public sealed class PickupDeliveryTests
{
    [Fact, SupportedOSPlatform("linux")]
    public async Task Files_stand_in_the_order_of_sending_and_only_their_owner_may_read_them()
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite);
        foreach (var name in new[] { "zoe", "amina", "mia" })
        {
            await node.PromiseCodeAsync(to: $"{name}@clinic.example");
            await node.RunRoundAsync();
            node.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        var files = Directory.GetFiles(node.PickupFolder).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["zoe@clinic.example", "amina@clinic.example", "mia@clinic.example"], node.ReadPickup().Select(mail => mail.To.Mailboxes.Single().Address));
        Assert.StartsWith("20260302T140000.000Z-email-code-", Path.GetFileName(files[0]), StringComparison.Ordinal);
        Assert.All(files, file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact, Scenario("V16.5.2")]
    public async Task A_folder_that_cannot_be_written_to_gets_everything_when_it_can()
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite);
        var id = await node.PromiseCodeAsync();
        await File.WriteAllTextAsync(node.PickupFolder, "A file stands in the way.", TestContext.Current.CancellationToken);

        var round = await node.RunRoundAsync();
        File.Delete(node.PickupFolder);
        node.Clock.Advance(TimeSpan.FromSeconds(10));
        await node.RunRoundAsync();

        Assert.Equal("The pickup folder cannot be written to (IOException).", round.Closed);
        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(id)).State);
        Assert.Single(node.ReadPickup());
    }
}
