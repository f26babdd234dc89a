using Microsoft.EntityFrameworkCore.Storage;

namespace Cardea.Data;

/// <summary>A write in progress. Disposed without a commit it leaves nothing behind.</summary>
public sealed class WriteTransaction(IDbContextTransaction transaction, WriterDoor? writers) : IAsyncDisposable
{
    private WriterDoor? _writers = writers;

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            Interlocked.Exchange(ref _writers, null)?.Leave();
        }
    }
}
