using Cardea.Data;
using Cardea.Features.SetUp;
using Cardea.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Features.Recovery;

/// <summary>Answers, by mail alone, what was asked for at the door (S2-31 to S2-33, S2-35, X-01). Off the way of those who ask.</summary>
public sealed partial class WorkOffRequests(
    IServiceScopeFactory scopes, AppDbContext db, RegistryProfile registry, TimeProvider clock, ILogger<WorkOffRequests> logger) : IRound
{
    private const int AtOnce = 100;

    /// <summary>Whoever has waited for longer has asked again, or found another way.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan Every => TimeSpan.FromSeconds(3);

    public static string Work => "Answering requests to reset a password";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await db.RecoveryRequests.AsNoTracking().OrderBy(r => r.MadeAt).Take(AtOnce).ToListAsync(cancellationToken) is { Count: > 0 } waiting)
        {
            if ((await registry.GetAsync(cancellationToken)).PublicAddress is null)
            {
                Log.NoPublicAddress(logger);
            }

            foreach (var request in waiting)
            {
                await FulfilAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>One that cannot be fulfilled, or even read, is in nobody's way: it is dropped, and who asked asks again.</summary>
    private async Task FulfilAsync(RecoveryRequest request, CancellationToken cancellationToken)
    {
        if (clock.Now - request.MadeAt > Longest)
        {
            await DropAsync(request, cancellationToken);
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();   // each has an actor of its own
            await scope.ServiceProvider.GetRequiredService<FulfilRequest>().RunAsync(request, cancellationToken);
        }
        catch (Exception problem) when (problem is not OperationCanceledException && !problem.IsDatabaseTrouble)
        {
            Log.Dropped(logger, problem);
            await DropAsync(request, cancellationToken);
        }
    }

    private async Task DropAsync(RecoveryRequest request, CancellationToken cancellationToken)
    {
        await using var write = await db.BeginWriteAsync(cancellationToken, WriteTurn.AfterOthers);
        await db.RecoveryRequests.Where(r => r.Id == request.Id).ExecuteDeleteAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(5041, LogLevel.Warning, "Somebody asks to reset a password, but no link can be sent: Cardea:PublicAddress is not set.")]
        public static partial void NoPublicAddress(ILogger logger);

        [LoggerMessage(5042, LogLevel.Warning, "A request to reset a password cannot be worked off, and is dropped.")]
        public static partial void Dropped(ILogger logger, Exception problem);
    }
}
