using Cardea.Features.Messages;

namespace Cardea.Tests.Messages;

public sealed class SendMessagesTests
{
    [Theory, EachDatabase]
    [Scenario("V14.2.7")]
    public async Task A_sent_message_is_wiped_and_leaves_its_time_and_one_audit_entry(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        var id = await node.PromiseCodeAsync();

        await node.RunRoundAsync();

        var message = await node.ReadMessageAsync(id);
        Assert.Equal((OutboxState.Sent, node.Clock.GetUtcNow(), 1), (message.State, message.HandedOverAt, message.Attempts));
        Assert.Null(message.Payload);
        var entry = Assert.Single(await node.AuditAsync());
        Assert.Equal("message.sent.v1", entry.Name);
        Assert.Single(node.ReadPickup());
    }
}
