using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Cardea.Hosting;

/// <summary>
/// A start, and the work of every hour, leave memory behind, which nothing would ask back for hours with few people about. Only where there are
/// addresses to listen at, which is to say that the process is the server's own.
/// </summary>
public sealed class SpareMemory(IServiceProvider services)
{
    /// <summary>Takes some hundredths of a second, in which nobody is served.</summary>
    public void GiveBack()
    {
        if (services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>() is not null)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
    }
}
