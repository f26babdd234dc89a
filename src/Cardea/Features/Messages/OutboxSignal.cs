using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cardea.Features.Messages;

/// <summary>Wakes the dispatcher of this node as soon as a transaction that promised a message has committed.</summary>
public sealed class OutboxSignal : DbTransactionInterceptor
{
    /// <summary>One place: however often it is raised, one round of sending takes all that is due.</summary>
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<bool> Raised => _raised.Reader;

    public void Raise() => _raised.Writer.TryWrite(true);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && db.ChangeTracker.Entries<OutboxMessage>().Any())
        {
            Raise();
        }

        return Task.CompletedTask;
    }
}
