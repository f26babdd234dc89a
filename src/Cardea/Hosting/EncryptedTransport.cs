namespace Cardea.Hosting;

/// <summary>Nothing is answered in the clear but to this very machine (ASVS V12.2.1). No redirect: a password sent to http was already seen.</summary>
public sealed class EncryptedTransport(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || Loopback.IsLoopback(context.Request.Host.Host))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
