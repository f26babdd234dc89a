using System.Data.Common;
using Cardea.Data;
using Cardea.Features.Messages;
using Microsoft.EntityFrameworkCore.Diagnostics;

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
        Assert.Equal(("message.sent.v1", $$"""{"MessageId":"{{id}}","Kind":"email-code"}"""), (entry.Name, entry.Payload));
        Assert.Single(node.ReadPickup());
    }

    [Theory, EachDatabase]
    [Scenario("V14.2.7")]
    public async Task A_waiting_message_tells_nothing_to_who_reads_the_table(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        await node.PromiseCodeAsync(to: "amina@clinic.example", toName: "Amina Diallo");

        var rows = await node.ReadRowsAsync("OutboxMessages");

        Assert.Contains("email-code", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("amina", rows, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("012345", rows, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_message_of_a_transaction_that_failed_is_never_sent(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        await using (var scope = node.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            await using var write = await db.BeginWriteAsync(TestContext.Current.CancellationToken);
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(node.CodeMail());
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await node.RunRoundAsync()).Messages);
        Assert.Empty(node.ReadPickup());
    }

    [Theory, EachDatabase]
    public async Task Nodes_that_send_at_the_same_time_send_each_message_once(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        await using var second = node.AddNode();
        await using var third = node.AddNode();
        for (var number = 0; number < 30; number++)
        {
            await node.PromiseCodeAsync(to: $"person{number}@clinic.example");
        }

        var rounds = await Task.WhenAll(Task.Run(node.RunRoundAsync), Task.Run(second.RunRoundAsync), Task.Run(third.RunRoundAsync));

        Assert.Equal(30, rounds.Sum(round => round.Messages));
        Assert.Equal(30, node.ReadPickup().Select(mail => mail.To.ToString()).Distinct().Count());
        Assert.Equal(30, node.ReadPickup().Count);
        Assert.Equal(30, (await node.AuditAsync()).Count);
    }

    [Theory, EachDatabase]
    [Scenario("V16.5.2")]
    public async Task A_message_in_the_hand_of_a_node_that_died_is_sent_again_when_its_claim_ends(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        await using var dying = node.AddNode(after: () => throw new KilledException());
        var id = await node.PromiseCodeAsync();
        await Assert.ThrowsAsync<KilledException>(dying.RunRoundAsync);

        node.Clock.Advance(SendMessages.Claim - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await node.RunRoundAsync()).Messages);
        node.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await node.RunRoundAsync()).Messages);

        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(id)).State);
        Assert.Single(await node.AuditAsync());
        var sent = node.ReadPickup();
        Assert.Equal((2, sent[0].MessageId), (sent.Count, sent[1].MessageId));   // by which a mailbox may tell
    }

    [Theory, EachDatabase]
    [Scenario("V16.5.2")]
    public async Task What_was_handed_over_while_the_database_was_away_is_not_sent_again(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        var outage = new Outage();
        await using var unlucky = node.AddNode(
            after: () => Task.FromResult(outage.IsOn = true),
            change: services =>
            {
                services.ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(outage));
                services.ConfigureDbContext<PostgresAppDbContext>(options => options.AddInterceptors(outage));
            });
        var id = await node.PromiseCodeAsync();

        var round = unlucky.RunRoundAsync();
        await outage.WhenNoticedAsync();
        outage.IsOn = false;
        await node.Clock.WhenSomebodyWaitsAsync(SendMessages.RecordAgainAfter);
        node.Clock.Advance(SendMessages.RecordAgainAfter);

        Assert.Equal(1, (await round).Messages);
        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(id)).State);
        Assert.Single(await node.AuditAsync());
        Assert.Single(node.ReadPickup());
    }

    [Theory, EachDatabase]
    [Scenario("V16.5.2")]
    public async Task While_a_message_is_on_its_way_everybody_else_can_write(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        Guid? promisedMeanwhile = null;
        await using var slow = node.AddNode(after: async () => promisedMeanwhile ??= await node.PromiseCodeAsync());
        await node.PromiseCodeAsync();

        Assert.Equal(2, (await slow.RunRoundAsync()).Messages);

        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(promisedMeanwhile!.Value)).State);
    }

    [Theory, EachDatabase]
    public async Task A_kind_of_a_newer_version_is_left_to_its_nodes(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        var id = await node.PromiseAsync(new MailOfTomorrow("amina@clinic.example", node.Clock.GetUtcNow().AddHours(1)));

        Assert.Equal(0, (await node.RunRoundAsync()).Messages);

        Assert.Equal((OutboxState.Waiting, 0), ((await node.ReadMessageAsync(id)).State, (await node.ReadMessageAsync(id)).Attempts));
    }

    [Theory, EachDatabase]
    [Scenario("V14.2.7")]
    public async Task A_message_that_means_nothing_any_more_is_wiped_and_not_sent(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        var id = await node.PromiseCodeAsync();
        node.Clock.Advance(TimeSpan.FromMinutes(10));

        await node.RunRoundAsync();

        var message = await node.ReadMessageAsync(id);
        Assert.Equal((OutboxState.Useless, null), (message.State, message.HandedOverAt));
        Assert.Null(message.Payload);
        Assert.Equal("message.given_up.v1", Assert.Single(await node.AuditAsync()).Name);
        Assert.Empty(node.ReadPickup());
    }

    [Theory, EachDatabase]
    public async Task A_message_that_cannot_be_read_holds_up_no_other(Database database)
    {
        await using var node = await MailNode.CreateAsync(database);
        var broken = await node.PromiseCodeAsync();
        await node.ReadAsync(db => db.OutboxMessages.ExecuteUpdateAsync(set => set.SetProperty(message => message.Payload, new byte[] { 1, 2, 3 })));
        await Assert.ThrowsAnyAsync<Exception>(node.RunRoundAsync);
        var fine = await node.PromiseCodeAsync();

        await node.RunRoundAsync();

        Assert.Equal(OutboxState.Waiting, (await node.ReadMessageAsync(broken)).State);
        Assert.Equal(OutboxState.Sent, (await node.ReadMessageAsync(fine)).State);
    }

    [Fact]
    public async Task What_waits_and_what_came_of_the_rest_is_measured()
    {
        await using var node = await MailNode.CreateAsync(Database.Sqlite);
        await using var server = new ScriptedMailServer(new Dictionary<string, string> { ["RCPT"] = "451 4.7.1 Later" });
        await using var sending = node.AddNode(settings: server.Settings);
        using var measured = new Measured(sending.Services);
        await node.PromiseCodeAsync();

        await sending.RunRoundAsync();
        Assert.Equal(("email-code", "postponed"), await measured.NextAttemptAsync());
        node.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(90, measured.OutboxAge());

        server.Script = new Dictionary<string, string>();
        await sending.RunRoundAsync();
        Assert.Equal(("email-code", "sent"), await measured.NextAttemptAsync());
        Assert.Equal(0, measured.OutboxAge());
    }

    private sealed record MailOfTomorrow(string To, DateTimeOffset UselessAfter) : IMail
    {
        public static string Kind => "of-tomorrow";

        public Guid? AccountId => null;

        public string ToName => "Amina Diallo";

        public string? Language => null;

        public MailText Write(MailContext context) => throw new NotSupportedException("This version does not know how.");
    }

    /// <summary>Every transaction fails to begin while it is on.</summary>
    private sealed class Outage : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource _noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsOn { get; set; }

        public Task WhenNoticedAsync() => _noticed.Task;

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (IsOn)
            {
                _noticed.TrySetResult();
                throw new DatabaseIsAwayException();
            }

            return new(result);
        }
    }

    private sealed class DatabaseIsAwayException() : DbException("The database is away.");
}
