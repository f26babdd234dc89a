using System.Diagnostics.Metrics;
using Cardea.Hosting;

namespace Cardea.Features.Messages;

/// <summary>What came of messages, and how long the oldest has been waiting: the first sign of a mail server that is down.</summary>
public sealed class MessageMetrics
{
    private readonly Counter<long> _messages;
    private long _oldestWaitingTicks = long.MaxValue;

    public MessageMetrics(IMeterFactory meters, TimeProvider clock)
    {
        var meter = meters.Create(Telemetry.Name);
        _messages = meter.CreateCounter<long>("cardea.messages", "{message}", "Attempts to send a message, by kind and outcome.");
        meter.CreateObservableGauge(
            "cardea.outbox.age",
            () => Math.Max(0, (clock.GetUtcNow().UtcTicks - Volatile.Read(ref _oldestWaitingTicks)) / (double)TimeSpan.TicksPerSecond),
            "s",
            "Age of the oldest message that waits; 0 when none does.");
    }

    /// <param name="answer">Null for a message that was given up.</param>
    public void Count(string kind, DeliveryAnswer? answer)
    {
        var outcome = answer switch
        {
            DeliveryAnswer.Accepted => "sent",
            DeliveryAnswer.Refused => "refused",
            DeliveryAnswer.Postponed or DeliveryAnswer.Closed => "postponed",
            _ => "given_up",
        };
        _messages.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));
    }

    public void NoteOldestWaiting(DateTimeOffset? createdAt) =>
        Volatile.Write(ref _oldestWaitingTicks, createdAt?.UtcTicks ?? long.MaxValue);
}
