using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cardea.Features.Messages;

/// <summary>Wakes both rounds of this node's dispatcher as soon as a transaction that promised a message has committed.</summary>
public sealed class OutboxSignal : DbTransactionInterceptor
{
    private readonly Channel<bool> _mails = OnePlace(), _texts = OnePlace();

    public ChannelReader<bool> Raised(MessageChannel channel) => Of(channel).Reader;

    public void Raise(MessageChannel channel) => Of(channel).Writer.TryWrite(true);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && db.ChangeTracker.Entries<OutboxMessage>().Any())
        {
            Raise(MessageChannel.Mail);
            Raise(MessageChannel.Text);
        }

        return Task.CompletedTask;
    }

    /// <summary>However often it is raised, one round of sending takes all that is due.</summary>
    private static Channel<bool> OnePlace() =>
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Channel<bool> Of(MessageChannel channel) => channel switch
    {
        MessageChannel.Mail => _mails,
        MessageChannel.Text => _texts,
    };
}
