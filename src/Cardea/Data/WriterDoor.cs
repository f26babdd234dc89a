namespace Cardea.Data;

/// <summary>Who a write is for.</summary>
public enum WriteTurn
{
    /// <summary>Somebody who is inside already, or a job: next.</summary>
    Next,

    /// <summary>One of a crowd that arrives: when nobody else waits, so that two hundred sign-ins do not hold up a page of somebody who is in.</summary>
    AfterOthers,
}

/// <summary>Lets one writer in at a time; among those of one turn, first come first served.</summary>
public sealed class WriterDoor
{
    private readonly Lock _order = new();
    private readonly LinkedList<TaskCompletionSource> _next = [];
    private readonly LinkedList<TaskCompletionSource> _afterOthers = [];
    private bool _isTaken;

    public async Task EnterAsync(WriteTurn turn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> waiting;
        lock (_order)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return;
            }

            waiting = (turn is WriteTurn.Next ? _next : _afterOthers).AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var givingUp = cancellationToken.Register(() => GiveUp(waiting, cancellationToken));
        await waiting.Value.Task;
    }

    public void Leave()
    {
        TaskCompletionSource successor;
        lock (_order)
        {
            if ((_next.First ?? _afterOthers.First) is not { } first)
            {
                _isTaken = false;
                return;
            }

            first.List!.Remove(first);
            successor = first.Value;
        }

        successor.SetResult();
    }

    /// <summary>Whoever has been called already is in, and leaves as everybody does.</summary>
    private void GiveUp(LinkedListNode<TaskCompletionSource> waiting, CancellationToken cancellationToken)
    {
        lock (_order)
        {
            if (waiting.List is not { } queue)
            {
                return;
            }

            queue.Remove(waiting);
        }

        waiting.Value.SetCanceled(cancellationToken);
    }
}
