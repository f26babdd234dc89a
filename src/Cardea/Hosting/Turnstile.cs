namespace Cardea.Hosting;

/// <summary>Marks pages at which crowds arrive: a few of their requests are worked on at a time, the others wait without using a thread.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ArrivesInCrowdsAttribute : Attribute;

/// <summary>
/// .NET's threads take work in the order in which it comes. When two hundred people open the sign-in page at once, the page of somebody who is
/// already in would wait behind all of them; so the crowd passes one to a core. Stands behind the reading of the form, so that nobody holds a place
/// by sending slowly. Whoever would wait long is turned away: that happens when a database that keeps silent holds up everybody who passed.
/// </summary>
public sealed class Turnstile(TimeProvider clock) : IMiddleware, IDisposable
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(6);

    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ArrivesInCrowdsAttribute>() is null)
        {
            await next(context);
            return;
        }

        if (!await CameUpAsync(context.RequestAborted))
        {
            context.Response.IsBusy();
            return;
        }

        // To the end of the common queue, also when nobody waited: a thread that went on here would keep what came meanwhile behind a whole page,
        // and so would the next. Here and not further down: what has ended by the time it is awaited lets this very thread go on.
        await Task.Yield();
        var turn = new Turn(_turns);
        context.Features.Set(turn);
        try
        {
            await next(context);
        }
        finally
        {
            turn.Pass();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<bool> CameUpAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _turns.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>One request's turn; given up early by a page that is about to wait for something else, such as a hash.</summary>
public sealed class Turn(SemaphoreSlim turns)
{
    private int _passed;

    public void Pass()
    {
        if (Interlocked.Exchange(ref _passed, 1) == 0)
        {
            turns.Release();
        }
    }
}
