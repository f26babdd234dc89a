namespace Cardea.Hosting;

/// <summary>
/// A second lock beside the form tokens: a browser that says a form was sent from elsewhere is believed. Requests without these
/// headers pass on to the token check.
/// </summary>
public sealed class OwnOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || (IsOwnSite(request) && IsOwnAddress(request)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static bool IsOwnSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is not [{ Length: > 0 } site] || site is "same-origin" or "none";

    /// <summary>"null" says nothing: browsers send it with our own forms, because our pages name no referrer.</summary>
    private static bool IsOwnAddress(HttpRequest request) =>
        request.Headers.Origin is not [{ Length: > 0 } origin] || origin is "null" || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
