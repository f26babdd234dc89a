using System.Net;

namespace Cardea.Hosting;

/// <summary>Nothing is answered in the clear but to this very machine (ASVS V12.2.1). No redirect: a password sent to http was already seen.</summary>
public sealed class EncryptedTransport(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || IsThisMachine(context))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>Both ends: the Host header alone is only what the other side says.</summary>
    private static bool IsThisMachine(HttpContext context) =>
        Loopback.IsLoopback(context.Request.Host.Host) && (context.Connection.RemoteIpAddress is not { } peer || IPAddress.IsLoopback(peer));
}
