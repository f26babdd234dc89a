using System.Threading.RateLimiting;
using Cardea.Features.Sessions;

namespace Cardea.Hosting;

/// <summary>Marks pages that search or write a lot: of these, one person gets a share of the server at a time.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharedByPersonAttribute : Attribute;

/// <summary>
/// How much of the server one person may have at a time: a script that asks ten thousand times at once is told to wait (429), and nobody else
/// notices. On each node by itself: what it protects is the node. Stands behind authentication. The framework's own middleware for this never lets go of
/// its limiter, which looks for idle partitions ten times a second for ever; ours ends with the server, and begins with the first such page.
/// </summary>
public sealed class OnePersonsShare : IMiddleware, IDisposable
{
    private const int AtOnce = 2, Waiting = 8;

    private readonly Lazy<PartitionedRateLimiter<Guid>> _limiter = new(() => PartitionedRateLimiter.Create<Guid, Guid>(
        person => RateLimitPartition.GetConcurrencyLimiter(person, _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting })));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Person is not { } person || context.GetEndpoint()?.Metadata.GetMetadata<SharedByPersonAttribute>() is null)
        {
            await next(context);
            return;
        }

        using var share = await _limiter.Value.AcquireAsync(person.AccountId, permitCount: 1, context.RequestAborted);
        if (!share.IsAcquired)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        await next(context);
    }

    public void Dispose()
    {
        if (_limiter.IsValueCreated)
        {
            _limiter.Value.Dispose();
        }
    }
}
