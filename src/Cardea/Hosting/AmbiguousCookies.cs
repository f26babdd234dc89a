using Microsoft.Net.Http.Headers;

namespace Cardea.Hosting;

/// <summary>Two cookies of one of our names mean that somebody else set one of them, from a neighbouring host say: neither is believed. Upper and lower case do not tell
/// them apart: who reads cookies does not mind them either.</summary>
public sealed class AmbiguousCookies(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (CookieHeaderValue.TryParseList(context.Request.Headers.Cookie, out var cookies)
            && Cookies.All.Any(name => cookies.Count(cookie => cookie.Name.Equals(Cookies.NameOf(name, context.Request), StringComparison.OrdinalIgnoreCase)) > 1))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
