using System.Diagnostics;
using Cardea.Data;
using Cardea.Features.Audit;
using Cardea.Features.Messages.Texts;
using Cardea.Hosting;
using Cardea.Rules.EmailAddresses;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Messages;

/// <param name="Messages">How many were tried.</param>
/// <param name="Closed">Why the way is closed for all; null when it is open as far as we know.</param>
public sealed record SendingRound(int Messages, string? Closed);

/// <summary>
/// Sends what is due by one channel. Each message is first claimed for a while by one conditional update, then sent while no transaction is open, then
/// recorded. A node that dies in between leaves a message that is sent again when its claim ends: twice in doubt, never not at all.
/// </summary>
public sealed partial class SendMessages(
    AppDbContext db,
    MessageKinds kinds,
    MailComposer mails,
    IMailDelivery mailDelivery,
    TextComposer texts,
    ITextDelivery textDelivery,
    IDataProtectionProvider protection,
    AuditTrail audit,
    MessageMetrics metrics,
    TimeProvider clock,
    ILogger<SendMessages> logger)
{
    /// <summary>Longer than any delivery may take (<see cref="MessageSettings.Timeout"/>, <see cref="TextSettings.Timeout"/>).</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan RecordAgainAfter = TimeSpan.FromSeconds(5);

    /// <summary>After the first failed attempt, the second, … and after all later ones the last.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
    ];

    public async Task<SendingRound> RunAsync(MessageChannel channel, CancellationToken stopping)
    {
        var kindsOfChannel = kinds.NamesOf(channel);
        var messages = 0;
        string? closed = null;
        while (closed is null && !stopping.IsCancellationRequested && await ClaimNextAsync(kindsOfChannel, stopping) is { } message)
        {
            var (answer, address) = clock.Now < message.UselessAfter ? await DeliverAsync(message) : default;
            await RecordAsync(message, answer, address, stopping);
            Tell(message, answer);
            messages++;
            closed = (answer as DeliveryAnswer.Closed)?.Text;
        }

        metrics.NoteOldestWaiting(await OldestWaitingAsync(stopping));
        return new(messages, closed);
    }

    /// <summary>Null when nothing is due. Kinds of a newer version are left to its nodes.</summary>
    private async Task<ClaimedMessage?> ClaimNextAsync(IReadOnlyList<string> kindsOfChannel, CancellationToken stopping)
    {
        while (true)
        {
            var now = clock.Now;
            var until = now + Claim;
            var next = await db.OutboxMessages
                .Where(m => m.State == OutboxState.Waiting && m.NextAttemptAt <= now && kindsOfChannel.Contains(m.Kind))
                .OrderBy(m => m.NextAttemptAt)
                .Select(m => new ClaimedMessage(m.Id, m.Kind, m.AccountId, m.Payload!, m.UselessAfter, m.Attempts + 1, until))
                .FirstOrDefaultAsync(stopping);
            if (next is null)
            {
                return null;
            }

            await using var write = await db.BeginWriteAsync(stopping);
            var claimed = await db.OutboxMessages
                .Where(m => m.Id == next.Id && m.State == OutboxState.Waiting && m.NextAttemptAt <= now)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(m => m.NextAttemptAt, until).SetProperty(m => m.Attempts, m => m.Attempts + 1), stopping);
            await write.CommitAsync(stopping);
            if (claimed == 1)
            {
                return next;
            }
        }
    }

    /// <returns>With the email address that it went to; null for a text.</returns>
    private async Task<(DeliveryAnswer? Answer, string? Address)> DeliverAsync(ClaimedMessage message) =>
        kinds.Read(message.Kind, protection.CreateProtector(Outbox.Purpose).Unprotect(message.Payload)) switch
        {
            IMail mail => (await DeliverAsync(message, mail), mail.To),
            IText text => (await DeliverAsync(message, text), null),
            var other => throw new UnreachableException(other.GetType().Name),
        };

    private async Task<DeliveryAnswer> DeliverAsync(ClaimedMessage message, IMail mail) => EmailAddressRules.Check(mail.To) is null
        ? await mailDelivery.DeliverAsync(new(message.Id, message.Kind, await mails.ComposeAsync(message.Id, mail, CancellationToken.None)))
        : new DeliveryAnswer.Refused("The address is none that mail can be sent to.");

    private async Task<DeliveryAnswer> DeliverAsync(ClaimedMessage message, IText text) => texts.MayGoTo(text.To)
        ? await textDelivery.DeliverAsync(new(message.Id, message.Kind, text.To, await texts.ComposeAsync(text, CancellationToken.None)))
        : new DeliveryAnswer.Refused("The number is none that texts may be sent to.");

    /// <summary>What was handed over is not sent again only because the database is away for a moment: we insist as long as the claim lasts.</summary>
    private async Task RecordAsync(ClaimedMessage message, DeliveryAnswer? answer, string? address, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await RecordOnceAsync(message, answer, address);
                return;
            }
            catch (Exception problem) when (problem.IsDatabaseTrouble && clock.Now + RecordAgainAfter < message.ClaimedUntil)
            {
                await Task.Delay(RecordAgainAfter, clock, stopping);
            }
        }
    }

    /// <param name="answer">Null for a message that was not tried any more.</param>
    private Task RecordOnceAsync(ClaimedMessage message, DeliveryAnswer? answer, string? address) => answer switch
    {
        DeliveryAnswer.Accepted =>
            FinishAsync(message, OutboxState.Sent, answer.Text, address, new MessageSent(message.AccountId, message.Id, message.Kind)),
        DeliveryAnswer.Refused =>
            FinishAsync(message, OutboxState.Refused, answer.Text, address, new MessageRefused(message.AccountId, message.Id, message.Kind, answer.Text)),
        DeliveryAnswer.Postponed or DeliveryAnswer.Closed =>
            PostponeAsync(message, answer.Text),
        null =>
            FinishAsync(message, OutboxState.Useless, answer: null, address: null, new MessageGivenUp(message.AccountId, message.Id, message.Kind)),
        _ => throw new UnreachableException(answer.ToString()),
    };

    private async Task FinishAsync<TEvent>(ClaimedMessage message, OutboxState state, string? answer, string? address, TEvent happened)
        where TEvent : IAuditEvent
    {
        DateTimeOffset? handedOverAt = state is OutboxState.Sent ? clock.Now : null;

        db.ChangeTracker.Clear();
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var finished = await db.OutboxMessages
            .Where(m => m.Id == message.Id && m.State == OutboxState.Waiting)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, state)
                .SetProperty(m => m.Payload, (byte[]?)null)
                .SetProperty(m => m.HandedOverAt, handedOverAt)
                .SetProperty(m => m.LastAnswer, m => answer ?? m.LastAnswer));
        if (finished == 1)   // else our claim had ended, and another node was quicker
        {
            await NoteAddressAsync(message.AccountId, address, state is OutboxState.Refused ? clock.Now : null);
            audit.Add(happened);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await write.CommitAsync(CancellationToken.None);
    }

    /// <summary>Whether mail reaches somebody stands with the account, as long as the address is theirs.</summary>
    private async Task NoteAddressAsync(Guid? accountId, string? address, DateTimeOffset? refusedAt)
    {
        if (address is null)
        {
            return;
        }

        var folded = EmailAddressRules.Folded(address);
        await db.Accounts
            .Where(account => account.Id == accountId && account.NormalizedEmail == folded && (refusedAt != null || account.EmailRefusedAt != null))
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.EmailRefusedAt, refusedAt));
    }

    private async Task PostponeAsync(ClaimedMessage message, string answer)
    {
        var pause = clock.Now + Pauses[Math.Min(message.Attempts, Pauses.Length) - 1];
        var next = pause < message.UselessAfter ? pause : message.UselessAfter;   // not kept a moment longer than it is of use

        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        await db.OutboxMessages
            .Where(m => m.Id == message.Id && m.State == OutboxState.Waiting && m.NextAttemptAt == message.ClaimedUntil)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, next).SetProperty(m => m.LastAnswer, answer));
        await write.CommitAsync(CancellationToken.None);
    }

    private void Tell(ClaimedMessage message, DeliveryAnswer? answer)
    {
        metrics.Count(message.Kind, answer);
        switch (answer)
        {
            case DeliveryAnswer.Accepted:
                Log.Sent(logger, message.Id, message.Kind);
                break;
            case DeliveryAnswer.Refused:
                Log.Refused(logger, message.Id, message.Kind, answer.Text);
                break;
            case DeliveryAnswer.Postponed when message.Attempts == 1:   // once: the later ones say the same
                Log.Postponed(logger, message.Id, message.Kind, answer.Text);
                break;
            case null:
                Log.GivenUp(logger, message.Id, message.Kind);
                break;
        }
    }

    private Task<DateTimeOffset?> OldestWaitingAsync(CancellationToken stopping) =>
        db.OutboxMessages.Where(m => m.State == OutboxState.Waiting).MinAsync(m => (DateTimeOffset?)m.CreatedAt, stopping);

    private sealed record ClaimedMessage(
        Guid Id, string Kind, Guid? AccountId, byte[] Payload, DateTimeOffset UselessAfter, int Attempts, DateTimeOffset ClaimedUntil);

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "Message {MessageId} ({Kind}) is sent.")]
        public static partial void Sent(ILogger logger, Guid messageId, string kind);

        [LoggerMessage(5002, LogLevel.Warning, "Message {MessageId} ({Kind}) is refused for good: {Answer}")]
        public static partial void Refused(ILogger logger, Guid messageId, string kind, string answer);

        [LoggerMessage(5003, LogLevel.Warning, "Message {MessageId} ({Kind}) is not taken for now and is tried again: {Answer}")]
        public static partial void Postponed(ILogger logger, Guid messageId, string kind, string answer);

        [LoggerMessage(5004, LogLevel.Warning, "Message {MessageId} ({Kind}) is given up: nobody took it while it meant something.")]
        public static partial void GivenUp(ILogger logger, Guid messageId, string kind);
    }
}
