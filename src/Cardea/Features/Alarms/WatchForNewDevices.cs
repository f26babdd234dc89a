using Cardea.Data;

namespace Cardea.Features.Alarms;

/// <summary>Tells of new devices, every few seconds: off the way of those who sign in.</summary>
public sealed partial class WatchForNewDevices(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WatchForNewDevices> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private bool _isInTrouble;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, clock, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TryAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AlarmNotices>().TellOfNewDevicesAsync(stopping);
            _isInTrouble = false;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            if (!_isInTrouble)   // once: the next rounds would say the same
            {
                Log.Failed(logger, problem);
            }

            _isInTrouble = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5031, LogLevel.Warning, "Owners could not be told of new devices; they are told as soon as it works again.")]
        public static partial void Failed(ILogger logger, Exception problem);
    }
}
