using Cardea.Features.Messages;
using Cardea.Tests.Messages.Texts;
using Microsoft.Extensions.Logging;

namespace Cardea.Tests.Messages;

public sealed class OutboxDispatcherTests
{
    [Theory, EachDatabase]
    public async Task A_message_is_sent_as_soon_as_its_promise_has_committed(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        using var measured = new Measured(node.Services);
        await node.StartDispatcherAsync();

        await node.PromiseCodeAsync();

        Assert.Equal(("email-code", "sent"), await measured.NextAttemptAsync());   // the clock stood still all the while
    }

    [Theory, EachDatabase]
    public async Task What_another_node_promised_is_found_within_seconds(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        await using var other = node.AddNode();
        using var measured = new Measured(node.Services);
        await node.StartDispatcherAsync();
        await node.PromiseCodeAsync();
        await measured.NextAttemptAsync();

        await other.PromiseCodeAsync();
        node.Clock.Advance(OutboxDispatcher.LooksEvery);

        Assert.Equal(("email-code", "sent"), await measured.NextAttemptAsync());
    }

    [Theory, EachDatabase]
    [Scenario("V16.5.2")]
    public async Task A_mail_server_that_is_down_is_told_of_once_and_so_is_its_return(Database database)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { [ScriptedMailServer.Greeting] = ScriptedMailServer.HangUp });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        using var measured = new Measured(node.Services);
        await node.StartDispatcherAsync();
        await node.PromiseCodeAsync();

        foreach (var pause in new[] { 10, 30, 120 })
        {
            Assert.Equal("postponed", (await measured.NextAttemptAsync()).Outcome);
            for (var waited = 0; waited < pause; waited += 10)
            {
                await node.Clock.WhenSomebodyWaitsAsync(OutboxDispatcher.LooksEvery);
                node.Clock.Advance(OutboxDispatcher.LooksEvery);
            }
        }

        Assert.Equal("postponed", (await measured.NextAttemptAsync()).Outcome);
        await node.Clock.WhenSomebodyWaitsAsync(OutboxDispatcher.LooksEvery);
        server.Script = new Dictionary<string, string>();
        await node.PromiseCodeAsync();
        node.Clock.Advance(OutboxDispatcher.LooksEvery);

        Assert.Equal("sent", (await measured.NextAttemptAsync()).Outcome);
        await node.WhenLoggedAsync("Mail messages are sent again.");
        Assert.Equal(
            [
                "Mail messages wait: The connection to the mail server broke. They are sent as soon as it works again.",
                "Mail messages are sent again.",
            ],
            node.Logs.Lines.Where(line => line.Category == typeof(OutboxDispatcher).FullName).Select(line => line.Text));
    }

    [Theory, EachDatabase]
    [Scenario("V16.5.2")]
    public async Task A_message_that_cannot_be_read_ends_nothing(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        using var measured = new Measured(node.Services);
        await node.PromiseCodeAsync();
        await node.ReadAsync(db => db.OutboxMessages.ExecuteUpdateAsync(set => set.SetProperty(message => message.Payload, new byte[] { 1, 2, 3 })));
        await node.StartDispatcherAsync();
        await node.WhenLoggedAsync("A message could not be made or recorded; it is tried again in some minutes.");

        await node.PromiseCodeAsync();
        node.Clock.Advance(OutboxDispatcher.LooksEvery);

        Assert.Equal("sent", (await measured.NextAttemptAsync()).Outcome);
        Assert.Single(node.Logs.Lines, line => line.Level is LogLevel.Error);
    }

    [Theory, EachDatabase]
    [Scenario("V16.5.2", "S1-04")]
    public async Task A_mail_server_that_falls_silent_keeps_no_text_waiting(Database database)
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { [ScriptedMailServer.Greeting] = ScriptedMailServer.Silence });
        await using var node = await MailNode.CreateAsync(database, server.Settings);
        using var measured = new Measured(node.Services);
        var mail = await node.PromiseCodeAsync();
        await node.StartDispatcherAsync();
        await server.WhenSilentAsync();

        await node.PromiseTextAsync();

        Assert.Equal(("sign-in-code-text", "sent"), await measured.NextAttemptAsync());   // the clock stood still all the while
        Assert.Equal((OutboxState.Waiting, 1), ((await node.ReadMessageAsync(mail)).State, (await node.ReadMessageAsync(mail)).Attempts));
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(("email-code", "postponed"), await measured.NextAttemptAsync());
    }

    [Theory, EachDatabase]
    [Scenario("V16.5.2", "S1-04")]
    public async Task A_provider_of_texts_that_is_away_keeps_no_mail_waiting_and_is_told_of_by_its_name(Database database)
    {
        await using var provider = await TextProviderServer.StartAsync();
        provider.Answer = TextProviderServer.Error(503);
        await using var node = await MailNode.CreateAsync(database, provider.Settings);
        using var measured = new Measured(node.Services);
        await node.PromiseTextAsync();
        await node.StartDispatcherAsync();
        Assert.Equal(("sign-in-code-text", "postponed"), await measured.NextAttemptAsync());

        await node.PromiseCodeAsync();

        Assert.Equal(("email-code", "sent"), await measured.NextAttemptAsync());
        await node.WhenLoggedAsync("Text messages wait: The text provider does not work for us (503). They are sent as soon as it works again.");
        Assert.DoesNotContain(node.Logs.Lines, line => line.Text.StartsWith("Mail messages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_finishes_the_message_in_hand_and_begins_no_other()
    {
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { [ScriptedMailServer.Message] = ScriptedMailServer.Silence });
        await using var node = await MailNode.CreateAsync(Database.Sqlite, server.Settings);
        var first = await node.PromiseCodeAsync();
        await node.PromiseCodeAsync();
        await node.StartDispatcherAsync();
        await server.WhenSilentAsync();

        var stop = node.StopDispatcherAsync();
        Assert.False(stop.IsCompleted);
        node.Clock.Advance(TimeSpan.FromSeconds(30));
        await stop;

        Assert.Equal("The mail server does not answer in time.", (await node.ReadMessageAsync(first)).LastAnswer);
        Assert.Equal(1, server.Messages);
    }
}
