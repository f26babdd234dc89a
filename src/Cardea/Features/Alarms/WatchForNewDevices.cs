using Cardea.Hosting;

namespace Cardea.Features.Alarms;

/// <summary>Tells of new devices, every few seconds: off the way of those who sign in.</summary>
public sealed class WatchForNewDevices(AlarmNotices alarms) : IRound
{
    public static TimeSpan Every => TimeSpan.FromSeconds(10);

    public static string Work => "Telling owners of new devices";

    public Task RunAsync(CancellationToken cancellationToken) => alarms.TellOfNewDevicesAsync(cancellationToken);
}
