namespace Cardea.Hosting;

/// <summary>Marks pages at which crowds arrive: a few of their requests are worked on at a time, the others wait without using a thread.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ArrivesInCrowdsAttribute : Attribute;

/// <summary>
/// .NET's threads take work in the order in which it comes. When two hundred people open the sign-in page at once, the page of somebody who is
/// already in would wait behind all of them; so the crowd passes one to a core. Stands behind the reading of the form, so that nobody holds a place
/// by sending slowly.
/// </summary>
public sealed class Turnstile : IMiddleware, IDisposable
{
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ArrivesInCrowdsAttribute>() is null)
        {
            await next(context);
            return;
        }

        await _turns.WaitAsync(context.RequestAborted);
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
