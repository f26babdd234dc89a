using Cardea.Features.SetUp;

namespace Cardea.Hosting;

/// <summary>
/// Answers under its own names only (A-08, F-14): those of this machine, and the public one. The framework's host filtering knows the
/// configuration alone; ours also hears, on every node, what the set-up was told.
/// </summary>
public sealed class KnownHosts(RequestDelegate next, RegistryProfile registry)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (Loopback.IsLoopback(context.Request.Host.Host) || await IsPublicAsync(context))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private async Task<bool> IsPublicAsync(HttpContext context) =>
        PublicAddress.IsFine((await registry.GetOrLastKnownAsync(context.RequestAborted)).PublicAddress, out var address)
        && (IsNamed(context, address.Host) || IsNamed(context, HostString.FromUriComponent(address.IdnHost).Host));   // "xn--bcher-kva" is read as "bücher"

    private static bool IsNamed(HttpContext context, string host) => host.Equals(context.Request.Host.Host, StringComparison.OrdinalIgnoreCase);
}
