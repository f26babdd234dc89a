using System.Threading.RateLimiting;
using Cardea.Features.Sessions;
using Microsoft.AspNetCore.RateLimiting;

namespace Cardea.Hosting;

/// <summary>
/// How much of the server one person may have at a time, on pages that search or write a lot: a script that asks ten thousand times at once is told to
/// wait (429), and nobody else notices. On each node by itself: what it protects is the node.
/// </summary>
public static class OnePersonsShare
{
    /// <summary>For <see cref="EnableRateLimitingAttribute"/>.</summary>
    public const string Name = "one-persons-share";

    private const int AtOnce = 2, Waiting = 8;

    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddOnePersonsShare()
        {
            builder.Services.AddRateLimiter(limits =>
            {
                limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limits.AddPolicy(Name, context => RateLimitPartition.GetConcurrencyLimiter(
                    context.Person?.AccountId, _ => new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting }));
            });
            return builder;
        }
    }
}
